#include "host/process/port_owner.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "host/proc/proc_listing.h"
#include "host/proc/proc_reader.h"
#include "host/proc/proc_scan.h"
#include "host/proc/proc_text.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    SOCKETS_MOST = 64,     /* one per thread of a service with SO_REUSEPORT */
    TABLE_SIZE = 32 << 20, /* of /proc/net/tcp, which has 150 bytes a connection */
};

/* ---- the sockets ---- */

/* "  1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 4711 1 …": state 0A listens. */
static bool read_socket(const char *line, uint16_t port, uint64_t *ret_inode)
{
    char address[40];
    unsigned local, state;

    return sscanf(line,
                  " %*[0-9]: %39[0-9A-F]:%4x %*[0-9A-F]:%*4x %2x %*[0-9A-F]:%*[0-9A-F] %*[0-9A-F]:%*[0-9A-F] "
                  "%*[0-9A-F] %*u %*u %" SCNu64,
                  address, &local, &state, ret_inode) == 4 &&
           local == port && state == 0x0A;
}

size_t port_owner_sockets(const char *text, uint16_t port, uint64_t *inodes, size_t most)
{
    size_t count = 0;

    for (const char *line = text; line != NULL && count < most;) {
        if (read_socket(line, port, &inodes[count]) && inodes[count] != 0) {
            count++;
        }
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return count;
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

static size_t find_sockets(uint16_t port, uint64_t inodes[SOCKETS_MOST])
{
    static const char *const tables[] = {"/proc/self/net/tcp", "/proc/self/net/tcp6"};
    size_t count = 0;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char *text = read_table(tables[i]);
        if (text != NULL) {
            count += port_owner_sockets(text, port, inodes + count, SOCKETS_MOST - count);
        }
        free(text);
    }
    return count;
}

/* ---- who has them open ---- */

/* Whether the entry is one of the sockets: its link reads "socket:[4711]". */
static bool is_socket(int folder, pid_t number, const uint64_t *inodes, size_t count)
{
    char name[16], link[64];
    uint64_t inode;

    snprintf(name, sizeof name, "%d", (int)number);
    ssize_t length = readlinkat(folder, name, link, sizeof link - 1);
    link[length > 0 ? length : 0] = '\0';
    if (sscanf(link, "socket:[%" SCNu64, &inode) != 1) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (inodes[i] == inode) {
            return true;
        }
    }
    return false;
}

static bool holds(pid_t pid, const uint64_t *inodes, size_t count)
{
    char path[32];
    struct proc_listing listing;
    bool found = false;
    pid_t number;

    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    if (proc_listing_open(&listing, AT_FDCWD, path) != 0) {
        return false;
    }
    while (!found && (number = proc_listing_next(&listing)) >= 0) {
        found = is_socket(listing.fd, number, inodes, count);
    }
    proc_listing_close(&listing);
    return found;
}

static const struct proc_entry *entry_of(const struct proc_entry *entries, size_t count, pid_t pid)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].pid == pid) {
            return &entries[i];
        }
    }
    return NULL;
}

/* Numbers can be reused while the list is read, so ties may go round in a circle. */
static bool descends(const struct proc_entry *entries, size_t count, pid_t pid, pid_t ancestor)
{
    for (size_t steps = 0; steps <= count && pid > 0; steps++) {
        const struct proc_entry *entry = entry_of(entries, count, pid);
        if (pid == ancestor || entry == NULL) {
            return pid == ancestor;
        }
        pid = entry->parent;
    }
    return false;
}

/* The first process has the socket too where a service manager opened it for the service. */
static void find_holder(const uint64_t *inodes, size_t socket_count, pid_t service, struct port_owner *owner)
{
    size_t count;
    struct proc_entry *entries = proc_scan(&count);
    bool *marks = mem_new(count, sizeof *marks);
    bool found = false;

    for (size_t i = 0; i < count; i++) {
        pid_t pid = entries[i].pid;
        marks[i] = pid != 1 && pid != getpid() && !entries[i].ended && holds(pid, inodes, socket_count);
    }
    for (size_t i = 0; i < count; i++) {
        const struct proc_entry *parent = marks[i] ? entry_of(entries, count, entries[i].parent) : NULL;
        if (!marks[i] || (parent != NULL && marks[parent - entries])) {
            continue;
        }
        bool inside = descends(entries, count, entries[i].pid, service);
        if (!found || (inside && owner->place != PORT_OWNER_INSIDE)) {
            owner->pid = entries[i].pid;
            owner->place = inside ? PORT_OWNER_INSIDE : PORT_OWNER_OUTSIDE;
            found = true;
        }
    }
    free(marks);
    free(entries);
}

/* ---- what it is ---- */

/* Begins are counted from the boot, with the time that the machine slept. */
static uint64_t on_clock(uint64_t since_boot_ns)
{
    struct timespec boot;

    clock_gettime(CLOCK_BOOTTIME, &boot);
    uint64_t boot_ns = (uint64_t)boot.tv_sec * CLOCK_SECOND_NS + (uint64_t)boot.tv_nsec;
    uint64_t now_ns = clock_now_ns(), age_ns = boot_ns > since_boot_ns ? boot_ns - since_boot_ns : 0;
    return now_ns > age_ns ? now_ns - age_ns : 0;
}

static void describe(struct port_owner *owner)
{
    char path[32];
    struct proc_reader reader;
    struct proc_stat stat;

    proc_reader_init(&reader, 4096, 0);
    snprintf(path, sizeof path, "/proc/%d/comm", (int)owner->pid);
    if (proc_reader_read_once(&reader, AT_FDCWD, path) > 0) {
        snprintf(owner->name, sizeof owner->name, "%.*s", (int)strcspn(reader.buffer, "\n"), reader.buffer);
    }
    snprintf(path, sizeof path, "/proc/%d/stat", (int)owner->pid);
    if (proc_reader_read_once(&reader, AT_FDCWD, path) > 0 && proc_text_stat(reader.buffer, &stat) == 0 &&
        stat.start_ticks > 0) {
        owner->started_ns = on_clock(proc_text_ticks_ns(stat.start_ticks));
    }
    proc_reader_release(&reader);
}

/* Programs that take connections for a process elsewhere. */
static bool forwards(const char *name)
{
    static const char *const names[] = {"docker-proxy", "rootlessport", "rootlesskit", "slirp4netns",
                                        "pasta",        "pasta.avx2",   "socat",       "ssh",
                                        "sshd",         "kubectl",      "gvproxy"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

void port_owner_find(uint16_t port, pid_t service, struct port_owner *ret_owner)
{
    uint64_t inodes[SOCKETS_MOST];
    struct port_owner owner = {.place = PORT_OWNER_UNKNOWN};
    size_t count = find_sockets(port, inodes);

    if (count == 0) {
        snprintf(owner.why, sizeof owner.why, "no process of this machine listens on port %u", port);
        *ret_owner = owner;
        return;
    }
    find_holder(inodes, count, service, &owner);
    if (owner.pid == 0) {
        snprintf(owner.why, sizeof owner.why, "the files of the process that listens on port %u may not be read", port);
        *ret_owner = owner;
        return;
    }
    describe(&owner);
    if (owner.place == PORT_OWNER_OUTSIDE && forwards(owner.name)) {
        owner.place = PORT_OWNER_UNKNOWN;
        snprintf(owner.why, sizeof owner.why, "process %d (%s) listens on port %u and only passes on what it gets",
                 (int)owner.pid, owner.name, port);
    }
    *ret_owner = owner;
}
