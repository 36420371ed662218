/* listening_sockets: the sockets that listen on a TCP port, by the inodes under which the files of processes name them.
 */
#ifndef TWOFOLD_HOST_PROCESS_LISTENING_SOCKETS_H
#define TWOFOLD_HOST_PROCESS_LISTENING_SOCKETS_H

#include <stddef.h>
#include <stdint.h>

/* Of the text of /proc/net/tcp or tcp6, at most `most`. Returns how many there are. */
size_t listening_sockets_read(const char *text, uint16_t port, uint64_t *inodes, size_t most);

/* Of the network namespace of a process, which is named as in /proc: "self", "4711". Takes milliseconds where there are
 * many connections. */
size_t listening_sockets_find(const char *process, uint16_t port, uint64_t *inodes, size_t most);

#endif
