#include "host/process/held_connections.h"

#include "base/list.h"
#include "host/proc/proc_listing.h"
#include "host/proc/tcp_table.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

uint64_t *held_connections_find(uint16_t port, size_t *ret_count)
{
    static const char *const tables[] = {"/proc/self/net/tcp", "/proc/self/net/tcp6"};
    uint64_t *inodes = NULL;
    size_t count = 0;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char *text = tcp_table_read(tables[i]);
        struct tcp_entry entry;
        for (const char *line = text; line != NULL; line = tcp_table_next(line)) {
            if (tcp_table_entry(line, &entry) && entry.port == port && entry.state == TCP_STATE_ESTABLISHED) {
                *list_add(inodes, count) = entry.inode;
            }
        }
        free(text);
    }
    if (count > 0) {
        qsort(inodes, count, sizeof *inodes, by_number);
    }
    *ret_count = count;
    return inodes;
}

static bool is_one(int folder, pid_t number, const uint64_t *inodes, size_t count)
{
    uint64_t inode;

    return proc_listing_socket(folder, number, &inode) &&
           bsearch(&inode, inodes, count, sizeof *inodes, by_number) != NULL;
}

uint64_t held_connections_of(pid_t pid, const uint64_t *inodes, size_t count)
{
    char path[32];
    struct proc_listing listing;
    uint64_t held = 0;
    pid_t number;

    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    if (count == 0 || proc_listing_open(&listing, AT_FDCWD, path) != 0) {
        return 0;
    }
    while ((number = proc_listing_next(&listing)) >= 0) {
        held += is_one(listing.fd, number, inodes, count);
    }
    proc_listing_close(&listing);
    return held;
}
