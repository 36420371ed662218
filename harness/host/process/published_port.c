#include "host/process/published_port.h"

#include "base/mem.h"
#include "host/proc/proc_reader.h"
#include "host/proc/proc_scan.h"
#include "host/process/listening_sockets.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ROUTES_SIZE = 1 << 20 }; /* of /proc/net/fib_trie */

/* The word after `option`; NULL: there is none. Both may be written with one dash or two. */
static const char *word_after(const char *cmdline, size_t length, const char *option)
{
    for (const char *word = cmdline; word < cmdline + length; word += strlen(word) + 1) {
        const char *name = word[0] == '-' && word[1] == '-' ? word + 1 : word;
        const char *next = word + strlen(word) + 1;
        if (strcmp(name, option) == 0) {
            return next < cmdline + length ? next : NULL;
        }
    }
    return NULL;
}

bool published_port_read(const char *cmdline, size_t length, uint16_t *ret_port, char *address, size_t size)
{
    const char *port = word_after(cmdline, length, "-container-port");
    const char *ip = word_after(cmdline, length, "-container-ip");
    unsigned long number = port != NULL ? strtoul(port, NULL, 10) : 0;

    if (ip == NULL || number == 0 || number > UINT16_MAX) {
        return false;
    }
    *ret_port = (uint16_t)number;
    snprintf(address, size, "%s", ip);
    return true;
}

/* A namespace is told by the inode of its file. 0: it cannot be looked at. */
static ino_t namespace_of(const char *process)
{
    char path[64];
    struct stat info;

    snprintf(path, sizeof path, "/proc/%s/ns/net", process);
    return stat(path, &info) == 0 ? info.st_ino : 0;
}

/* Addresses of one's own stand in fib_trie as "  |-- 172.17.0.2", with "host LOCAL" in the line below. */
static bool has_address(const char *process, const char *address)
{
    char path[64];
    struct proc_reader reader;
    char *entry = mem_format("|-- %s\n", address);
    bool found = false;

    proc_reader_init(&reader, ROUTES_SIZE, 0);
    snprintf(path, sizeof path, "/proc/%s/net/fib_trie", process);
    if (proc_reader_read_once(&reader, AT_FDCWD, path) > 0) {
        const char *at = strstr(reader.buffer, entry);
        const char *line = at != NULL ? at + strlen(entry) : "";
        const char *local = strstr(line, "host LOCAL");
        found = local != NULL && local < line + strcspn(line, "\n");
    }
    proc_reader_release(&reader);
    free(entry);
    return found;
}

static size_t look_in_namespaces(uint16_t port, const char *address, uint64_t *inodes, size_t most)
{
    size_t count, found = 0, seen_count = 1;
    struct proc_entry *entries = proc_scan(&count);
    ino_t *seen = mem_new(count + 1, sizeof *seen);

    seen[0] = namespace_of("self");
    for (size_t i = 0; i < count && found == 0; i++) {
        char process[16];
        snprintf(process, sizeof process, "%d", (int)entries[i].pid);
        ino_t namespace = namespace_of(process);
        bool known = namespace == 0;
        for (size_t j = 0; j < seen_count && !known; j++) {
            known = seen[j] == namespace;
        }
        if (!known) {
            seen[seen_count++] = namespace;
            found = has_address(process, address) ? listening_sockets_find(process, port, inodes, most) : 0;
        }
    }
    free(seen);
    free(entries);
    return found;
}

size_t published_port_sockets(pid_t pid, uint64_t *inodes, size_t most)
{
    struct proc_reader reader;
    char path[32], address[64];
    uint16_t port;

    proc_reader_init(&reader, 8192, 0);
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    ssize_t got = proc_reader_read_once(&reader, AT_FDCWD, path);
    bool known = got > 0 && published_port_read(reader.buffer, (size_t)got, &port, address, sizeof address);
    proc_reader_release(&reader);
    return known ? look_in_namespaces(port, address, inodes, most) : 0;
}
