/* held_connections: how the connections of a TCP port are spread over the processes that serve it. A connection stays
 * with the process that accepted it, so that a burst may leave one process with most of the work. */
#ifndef TWOFOLD_HOST_PROCESS_HELD_CONNECTIONS_H
#define TWOFOLD_HOST_PROCESS_HELD_CONNECTIONS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The inodes of the connections to `port` of this network namespace, in ascending order, on the heap. Takes
 * milliseconds where there are many. */
uint64_t *held_connections_find(uint16_t port, size_t *ret_count);

/* How many of these sockets the process has open; 0 where its files may not be read. Looks at each of its files. */
uint64_t held_connections_of(pid_t pid, const uint64_t *inodes, size_t count);

#endif
