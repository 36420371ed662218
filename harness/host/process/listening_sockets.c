#include "host/process/listening_sockets.h"

#include "host/proc/tcp_table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_socket(const char *line, uint16_t port, struct tcp_entry *entry)
{
    return tcp_table_entry(line, entry) && entry->port == port && entry->state == TCP_STATE_LISTENS;
}

size_t listening_sockets_read(const char *text, uint16_t port, uint64_t *inodes, size_t most)
{
    size_t count = 0;
    struct tcp_entry entry;

    for (const char *line = text; line != NULL && count < most; line = tcp_table_next(line)) {
        if (read_socket(line, port, &entry) && entry.inode != 0) {
            inodes[count++] = entry.inode;
        }
    }
    return count;
}

bool listening_sockets_text_is_open(const char *text, uint16_t port)
{
    struct tcp_entry entry;

    for (const char *line = text; line != NULL; line = tcp_table_next(line)) {
        if (read_socket(line, port, &entry) && entry.address[strspn(entry.address, "0")] == '\0') {
            return true;
        }
    }
    return false;
}

size_t listening_sockets_find(const char *process, uint16_t port, uint64_t *inodes, size_t most)
{
    static const char *const tables[] = {"tcp", "tcp6"};
    size_t count = 0;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%s/net/%s", process, tables[i]);
        char *text = tcp_table_read(path);
        if (text != NULL) {
            count += listening_sockets_read(text, port, inodes + count, most - count);
        }
        free(text);
    }
    return count;
}

bool listening_sockets_are_open(uint16_t port)
{
    static const char *const tables[] = {"/proc/self/net/tcp", "/proc/self/net/tcp6"};
    bool open = false;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char *text = tcp_table_read(tables[i]);
        open = open || (text != NULL && listening_sockets_text_is_open(text, port));
        free(text);
    }
    return open;
}
