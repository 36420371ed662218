#include "host/proc/tcp_table.h"

#include "base/mem.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* 150 bytes a connection. */
#define TABLE_SIZE ((size_t)32 << 20)

/* A file of /proc/net gives a page at a time. */
char *tcp_table_read(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = fd >= 0 ? mem_new(TABLE_SIZE, 1) : NULL;
    size_t length = 0;
    ssize_t got = 1;

    while (text != NULL && got > 0 && length < TABLE_SIZE - 1) {
        got = read(fd, text + length, TABLE_SIZE - 1 - length);
        length += got > 0 ? (size_t)got : 0;
    }
    if (fd >= 0) {
        close(fd);
    }
    return text;
}

/* "  1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 4711 1 …": state 0A listens. */
bool tcp_table_entry(const char *text, struct tcp_entry *ret_entry)
{
    return sscanf(text,
                  " %*[0-9]: %39[0-9A-F]:%4x %*[0-9A-F]:%*4x %2x %*[0-9A-F]:%*[0-9A-F] %*[0-9A-F]:%*[0-9A-F] "
                  "%*[0-9A-F] %*u %*u %" SCNu64,
                  ret_entry->address, &ret_entry->port, &ret_entry->state, &ret_entry->inode) == 4;
}

const char *tcp_table_next(const char *text)
{
    const char *end = strchr(text, '\n');
    return end != NULL ? end + 1 : NULL;
}
