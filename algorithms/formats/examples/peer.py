"""What `logs.rs` measures, in PM4Py: python peer.py FOLDER (after logs.rs has written its XES).

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install pm4py rustxes
"""

import os
import resource
import sys
import tempfile

import pm4py


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


folder = sys.argv[1]
before = cpu_seconds()
log = pm4py.read_xes(os.path.join(tempfile.gettempdir(), "steward-logs.xes"), variant="rustxes")
print(f"XES, fast reader, {len(log)} events: {cpu_seconds() - before:.2f} CPU s")

log = pm4py.read_xes(os.path.join(folder, "helpdesk.xes.gz"))
net = pm4py.read_pnml(os.path.join(folder, "helpdesk.events.pnml"))
before = cpu_seconds()
pm4py.conformance_diagnostics_alignments(log, *net, multi_processing=False)
print(f"helpdesk alignments: {cpu_seconds() - before:.2f} CPU s")
