"""The first queue of `events.rs` in SimPy and in Ciw.

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install simpy ciw
"""

import random
import time

import ciw
import simpy

ARRIVALS_PER_MINUTE = 7.5 / 60
SERVICES_PER_MINUTE = 1 / 6.4


def in_simpy(customers):
    shop = simpy.Environment()
    server = simpy.Resource(shop, 1)

    def customer():
        with server.request() as turn:
            yield turn
            yield shop.timeout(random.expovariate(SERVICES_PER_MINUTE))

    def door():
        for _ in range(customers):
            yield shop.timeout(random.expovariate(ARRIVALS_PER_MINUTE))
            shop.process(customer())

    random.seed(1)
    shop.process(door())
    shop.run()


def in_ciw(customers):
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(ARRIVALS_PER_MINUTE)],
        service_distributions=[ciw.dists.Exponential(SERVICES_PER_MINUTE)],
        number_of_servers=[1],
    )
    ciw.seed(1)
    ciw.Simulation(network).simulate_until_max_customers(customers)


for name, play, customers in [("SimPy", in_simpy, 200_000), ("Ciw", in_ciw, 50_000)]:
    began = time.process_time()
    play(customers)
    seconds = time.process_time() - began
    print(f"{name}: {2 * customers / seconds / 1e6:.2f} million events a CPU second")
