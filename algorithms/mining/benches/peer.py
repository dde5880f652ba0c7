"""The log of log.rs, as many events as asked for, measured with PM4Py.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install pm4py
    /tmp/peer/bin/python algorithms/mining/benches/peer.py 1000000

Prints CPU seconds: the map with mean and median of every edge, then the variants.
"""

import sys
import time

import pandas
import pm4py

STEPS = 20
MASK = (1 << 64) - 1


def rows(events):
    state = 7

    def random(bound):
        nonlocal state
        state ^= (state << 13) & MASK
        state ^= state >> 7
        state ^= (state << 17) & MASK
        return (state >> 11) % bound

    found, case = [], 0
    while len(found) < events:
        moment, step = case * 40_000_000, random(3)
        while step < STEPS and len(found) < events:
            found.append((moment, case, step))
            moment += random(1000) * random(1000) * random(3000) * 1000
            chance = random(100)
            if chance < 3:
                pass
            elif chance < 6:
                step = max(step - random(4), 0)
            elif chance < 20:
                step += 2
            elif chance < 30:
                step += 3 + random(3)
            elif chance < 40:
                step = 17 + random(4)
            else:
                step += 1
        case += 1
    found.sort(key=lambda row: row[0])
    return found


def measured(what, work):
    begin = time.process_time()
    found = work()
    print(f"{what}: {time.process_time() - begin:.2f} s CPU, {len(found)} found")


def main():
    table = pandas.DataFrame(rows(int(sys.argv[1])), columns=["time", "case", "step"])
    log = pandas.DataFrame(
        {
            "case:concept:name": table["case"].astype(str),
            "concept:name": table["step"].astype(str),
            "time:timestamp": pandas.to_datetime(table["time"], unit="us", utc=True),
        }
    )
    print(f"pm4py {pm4py.__version__}, {len(log)} events")
    measured(
        "map with all times",
        lambda: pm4py.discover_performance_dfg(log, perf_aggregation_key="all")[0],
    )
    measured("variants", lambda: pm4py.get_variants(log))


main()
