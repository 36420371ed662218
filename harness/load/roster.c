#include "load/roster.h"

#include "load/worker.h"

void roster_join(struct worker *worker, struct connection *connection)
{
    connection->all_previous = NULL;
    connection->all_next = worker->all;
    if (worker->all != NULL) {
        worker->all->all_previous = connection;
    }
    worker->all = connection;
    worker->open++;
}

void roster_leave(struct worker *worker, struct connection *connection)
{
    if (connection->all_previous != NULL) {
        connection->all_previous->all_next = connection->all_next;
    } else {
        worker->all = connection->all_next;
    }
    if (connection->all_next != NULL) {
        connection->all_next->all_previous = connection->all_previous;
    }
    worker->open--;
}

void roster_join_free(struct worker *worker, struct connection *connection, uint64_t now_ns)
{
    connection->free_next = NULL;
    connection->free_previous = worker->free_last;
    if (worker->free_last != NULL) {
        worker->free_last->free_next = connection;
    } else {
        worker->free_first = connection;
        worker->free_since_ns = now_ns;
    }
    worker->free_last = connection;
}

void roster_leave_free(struct worker *worker, struct connection *connection)
{
    if (connection->free_previous != NULL) {
        connection->free_previous->free_next = connection->free_next;
    } else {
        worker->free_first = connection->free_next;
    }
    if (connection->free_next != NULL) {
        connection->free_next->free_previous = connection->free_previous;
    } else {
        worker->free_last = connection->free_previous;
    }
}

void roster_discard(struct worker *worker, struct connection *connection)
{
    roster_leave(worker, connection);
    worker->transport->close(connection);
}
