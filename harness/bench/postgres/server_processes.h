/* server_processes: the processes of a PostgreSQL server, its first one and all others, found by the folder of its
 * data, in which each of them works. So they are found also when their first process is gone. */
#ifndef TWOFOLD_BENCH_POSTGRES_SERVER_PROCESSES_H
#define TWOFOLD_BENCH_POSTGRES_SERVER_PROCESSES_H

#include <stddef.h>
#include <stdint.h>

/* Sends `signal` to all of them; 0 only counts. Returns how many there are. */
size_t server_processes_signal(const char *data_folder, int signal);

/* Kills all, stopped ones too, and waits until they are gone, at most `timeout_ns`. */
void server_processes_end(const char *data_folder, uint64_t timeout_ns);

#endif
