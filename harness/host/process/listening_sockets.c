#include "host/process/listening_sockets.h"

#include "base/mem.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of /proc/net/tcp, which has 150 bytes a connection. */
#define TABLE_SIZE ((size_t)32 << 20)

/* "  1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 4711 1 …": state 0A listens. */
static bool read_socket(const char *line, uint16_t port, char address[40], uint64_t *ret_inode)
{
    unsigned local, state;

    return sscanf(line,
                  " %*[0-9]: %39[0-9A-F]:%4x %*[0-9A-F]:%*4x %2x %*[0-9A-F]:%*[0-9A-F] %*[0-9A-F]:%*[0-9A-F] "
                  "%*[0-9A-F] %*u %*u %" SCNu64,
                  address, &local, &state, ret_inode) == 4 &&
           local == port && state == 0x0A;
}

size_t listening_sockets_read(const char *text, uint16_t port, uint64_t *inodes, size_t most)
{
    size_t count = 0;
    char address[40];

    for (const char *line = text; line != NULL && count < most;) {
        if (read_socket(line, port, address, &inodes[count]) && inodes[count] != 0) {
            count++;
        }
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return count;
}

bool listening_sockets_text_is_open(const char *text, uint16_t port)
{
    char address[40];
    uint64_t inode;

    for (const char *line = text; line != NULL;) {
        if (read_socket(line, port, address, &inode) && address[strspn(address, "0")] == '\0') {
            return true;
        }
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return false;
}

/* A file of /proc/net gives a page at a time. The caller frees the text; NULL: it cannot be read. */
static char *read_table(const char *path)
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

size_t listening_sockets_find(const char *process, uint16_t port, uint64_t *inodes, size_t most)
{
    static const char *const tables[] = {"tcp", "tcp6"};
    size_t count = 0;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%s/net/%s", process, tables[i]);
        char *text = read_table(path);
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
        char *text = read_table(tables[i]);
        open = open || (text != NULL && listening_sockets_text_is_open(text, port));
        free(text);
    }
    return open;
}
