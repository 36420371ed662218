#include "host/proc/proc_scan.h"

#include "base/list.h"
#include "host/proc/proc_text.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool read_entry(const char *name, struct proc_entry *ret_entry)
{
    char path[32], text[1024];
    struct proc_stat stat;

    snprintf(path, sizeof path, "/proc/%.12s/stat", name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t got = read(fd, text, sizeof text - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    if (proc_text_stat(text, &stat) != 0) {
        return false;
    }
    *ret_entry = (struct proc_entry){
        .pid = (pid_t)strtol(name, NULL, 10),
        .parent = stat.parent,
        .group = stat.group,
        .session = stat.session,
        .ended = stat.state == 'Z' || stat.state == 'X',
    };
    return true;
}

int proc_scan_one(pid_t pid, struct proc_entry *ret_entry)
{
    char name[16];

    snprintf(name, sizeof name, "%d", (int)pid);
    return read_entry(name, ret_entry) ? 0 : -1;
}

struct proc_entry *proc_scan(size_t *ret_count)
{
    struct proc_entry *entries = NULL;
    size_t count = 0;
    struct dirent *name;
    struct proc_entry entry;
    DIR *proc = opendir("/proc");

    while (proc != NULL && (name = readdir(proc)) != NULL) {
        if (isdigit((unsigned char)name->d_name[0]) && read_entry(name->d_name, &entry)) {
            *list_add(entries, count) = entry;
        }
    }
    if (proc != NULL) {
        closedir(proc);
    }
    *ret_count = count;
    return entries;
}
