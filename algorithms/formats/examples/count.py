"""Events, objects and relations of an OCEL 2.0 file as PM4Py counts them: python count.py FILE

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install pm4py
"""

import sys

import pm4py

file = sys.argv[1]
read = pm4py.read_ocel2_sqlite if file.endswith("sqlite") else pm4py.read_ocel2_json
log = read(file)
print(f"{len(log.events)} events, {len(log.objects)} objects, {len(log.relations)} relations")
