#include "host/process/port_owner.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "host/proc/proc_listing.h"
#include "host/proc/proc_reader.h"
#include "host/proc/proc_scan.h"
#include "host/proc/proc_text.h"
#include "host/process/listening_sockets.h"
#include "host/process/published_port.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SOCKETS_MOST = 64 }; /* one per thread of a service with SO_REUSEPORT */

/* ---- who has them open ---- */

static bool is_socket(int folder, pid_t number, const uint64_t *inodes, size_t count)
{
    uint64_t inode;

    if (!proc_listing_socket(folder, number, &inode)) {
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

/* The process in the container whose port the proxy publishes. When it is not found the owner stays the proxy. */
static void look_behind(pid_t service, struct port_owner *owner)
{
    uint64_t inodes[SOCKETS_MOST];
    size_t count = published_port_sockets(owner->pid, inodes, SOCKETS_MOST);
    struct port_owner behind = {.place = PORT_OWNER_UNKNOWN};

    if (count > 0) {
        find_holder(inodes, count, service, &behind);
    }
    if (behind.pid != 0) {
        describe(&behind);
        *owner = behind;
    }
}

void port_owner_find(uint16_t port, pid_t service, struct port_owner *ret_owner)
{
    uint64_t inodes[SOCKETS_MOST];
    struct port_owner owner = {.place = PORT_OWNER_UNKNOWN};
    size_t count = listening_sockets_find("self", port, inodes, SOCKETS_MOST);

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
    if (owner.place == PORT_OWNER_OUTSIDE && strcmp(owner.name, PUBLISHED_PORT_PROXY) == 0) {
        look_behind(service, &owner);
    }
    if (owner.place == PORT_OWNER_OUTSIDE && forwards(owner.name)) {
        owner.place = PORT_OWNER_UNKNOWN;
        snprintf(owner.why, sizeof owner.why, "process %d (%s) listens on port %u and only passes on what it gets",
                 (int)owner.pid, owner.name, port);
    }
    *ret_owner = owner;
}
