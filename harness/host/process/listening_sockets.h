/* listening_sockets: the sockets that listen on a TCP port, by the inodes under which the files of processes name them.
 */
#ifndef TWOFOLD_HOST_PROCESS_LISTENING_SOCKETS_H
#define TWOFOLD_HOST_PROCESS_LISTENING_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of the text of /proc/net/tcp or tcp6, at most `most`. Returns how many there are. */
size_t listening_sockets_read(const char *text, uint16_t port, uint64_t *inodes, size_t most);

/* Whether one of them, in the same text, listens on all addresses of the machine: 0.0.0.0 or ::. */
bool listening_sockets_text_is_open(const char *text, uint16_t port);

/* The same of this process's network namespace: others reach the port from other machines. */
bool listening_sockets_are_open(uint16_t port);

/* Of the network namespace of a process, which is named as in /proc: "self", "4711". Takes milliseconds where there are
 * many connections. */
size_t listening_sockets_find(const char *process, uint16_t port, uint64_t *inodes, size_t most);

#endif
