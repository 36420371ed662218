#include "host/proc/proc_listing.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int proc_listing_open(struct proc_listing *listing, int folder, const char *path)
{
    listing->fd = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    listing->at = 0;
    listing->filled = 0;
    if (listing->fd < 0) {
        return -1;
    }
    return 0;
}

void proc_listing_close(struct proc_listing *listing)
{
    close(listing->fd);
}

pid_t proc_listing_next(struct proc_listing *listing)
{
    for (;;) {
        if (listing->at >= listing->filled) {
            long got = syscall(SYS_getdents64, listing->fd, listing->block, sizeof listing->block);
            if (got <= 0) {
                return -1;
            }
            listing->at = 0;
            listing->filled = (size_t)got;
        }
        const struct dirent64 *entry = (const struct dirent64 *)(listing->block + listing->at);
        listing->at += entry->d_reclen;
        if (isdigit((unsigned char)entry->d_name[0])) {
            return (pid_t)strtol(entry->d_name, NULL, 10);
        }
    }
}

/* Its link reads "socket:[4711]". */
bool proc_listing_socket(int folder, pid_t number, uint64_t *ret_inode)
{
    char name[16], link[64];

    snprintf(name, sizeof name, "%d", (int)number);
    ssize_t length = readlinkat(folder, name, link, sizeof link - 1);
    link[length > 0 ? length : 0] = '\0';
    return sscanf(link, "socket:[%" SCNu64, ret_inode) == 1;
}
