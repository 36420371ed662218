/* tcp_table: the TCP sockets of a network namespace, as /proc/net/tcp and tcp6 list them. */
#ifndef TWOFOLD_HOST_PROC_TCP_TABLE_H
#define TWOFOLD_HOST_PROC_TCP_TABLE_H

#include <stdbool.h>
#include <stdint.h>

enum tcp_state { TCP_STATE_ESTABLISHED = 0x01, TCP_STATE_LISTENS = 0x0A };

struct tcp_entry {
    char address[40]; /* local, in hexadecimal */
    unsigned port;    /* local */
    unsigned state;   /* enum tcp_state, or another one of the kernel's */
    uint64_t inode;   /* under which the files of processes name it; 0: no process has it */
};

/* The text of a table, whose path is given, on the heap; NULL: it cannot be read. Takes milliseconds where there are
 * many connections. */
char *tcp_table_read(const char *path);

/* Reads the first line of `text`; false: it is none of a socket. */
bool tcp_table_entry(const char *text, struct tcp_entry *ret_entry);

/* The next line; NULL: there is none. */
const char *tcp_table_next(const char *text);

#endif
