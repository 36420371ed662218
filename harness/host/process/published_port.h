/* published_port: what listens behind a port that docker publishes: docker-proxy takes the connections to it and passes
 * them on to a port inside of the container's network namespace, both named on its command line. */
#ifndef TWOFOLD_HOST_PROCESS_PUBLISHED_PORT_H
#define TWOFOLD_HOST_PROCESS_PUBLISHED_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PUBLISHED_PORT_PROXY "docker-proxy"

/* Reads /proc/PID/cmdline of a proxy, `length` bytes with a NUL after each word: "-container-ip" and "-container-port".
 * Returns whether both are there. `address` is a buffer of `size` bytes. */
bool published_port_read(const char *cmdline, size_t length, uint16_t *ret_port, char *address, size_t size);

/* The inodes of the sockets that listen behind the proxy `pid`, at most `most`: those on its container's port in a
 * namespace that is not this process's own and that has its container's address. Returns how many there are. Looks
 * at each namespace of this machine once. */
size_t published_port_sockets(pid_t pid, uint64_t *inodes, size_t most);

#endif
