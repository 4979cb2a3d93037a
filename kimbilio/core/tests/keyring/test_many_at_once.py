import multiprocessing
import os
import threading
import time
from uuid import uuid4

from kimbilio.core.encryption import seal, unseal_many
from kimbilio.core.keyring import Keyring
from kimbilio.core.tests.keyring.probes import IDENTITY


def test_two_threads_asking_for_one_persons_key_get_the_same(keyring, org):
    for _ in range(10):
        client, got, together = uuid4(), [], threading.Barrier(4)

        def ask(client=client, got=got, together=together):
            together.wait()
            got.append(keyring.client_key(org, IDENTITY, client, create=True))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 4
        assert len(set(got)) == 1


def ask_for_keys(home, root_key, org, clients, answers):
    """What one of two processes does, going through the people in its own order."""
    keyring = Keyring(home, root_key)
    answers.put({client: keyring.client_key(org, IDENTITY, client, create=True) for client in clients})
    keyring.close()


def test_two_processes_making_keys_for_the_same_people_agree(home, root_key, keyring, org):
    clients = [uuid4() for _ in range(60)]
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    orders = (clients, clients[::-1])
    processes = [
        context.Process(target=ask_for_keys, args=(home, root_key, org, order, answers)) for order in orders
    ]
    for process in processes:
        process.start()
    got = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(30)
    assert got[0] == got[1]
    assert keyring.client_keys(org, IDENTITY) == {
        (client, key_id): key for client, (key_id, key) in got[0].items()
    }


def test_a_keyring_taken_across_a_fork_refuses(keyring, org):
    def child():
        try:
            keyring.audit_key(org)
        except RuntimeError:
            os._exit(7)
        os._exit(1)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(30)
    assert process.exitcode == 7
    assert keyring.audit_key(org)


def test_ten_thousand_keys_cost_little_more_than_unsealing_them(keyring, org):
    keyring.create_client_keys(org, IDENTITY, [uuid4() for _ in range(10_000)])
    sealed = [(seal(bytes(32), bytes(32), aad=bytes(90), key_id=1), bytes(90))] * 10_000

    def cpu(work):
        def once():
            start = time.process_time()
            work()
            return time.process_time() - start

        return min(once() for _ in range(3))

    bare = cpu(lambda: unseal_many(bytes(32), sealed))
    assert cpu(lambda: keyring.client_keys(org, IDENTITY)) < 5 * bare  # 2.4 times when measured
