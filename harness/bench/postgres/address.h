/* address: where the server of a PostgreSQL URL is. */
#ifndef TWOFOLD_BENCH_POSTGRES_ADDRESS_H
#define TWOFOLD_BENCH_POSTGRES_ADDRESS_H

#include <stdbool.h>

/* Whether every host that the URL names is this machine: a socket in the file system, or a name or address of loopback.
 * A URL that names none means the host of PGHOST, or a socket. True for one that cannot be read, which connecting then
 * reports. Nothing is connected to. */
bool address_is_local(const char *url);

#endif
