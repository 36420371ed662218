/* proc_listing: the entries of a folder of /proc that are named by numbers: the threads of a process, its file
 * descriptors. */
#ifndef TWOFOLD_HOST_PROC_PROC_LISTING_H
#define TWOFOLD_HOST_PROC_PROC_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Plain data on the caller's stack: readdir would allocate and free 32 KiB each time. */
struct proc_listing {
    int fd;
    size_t at, filled;
    _Alignas(8) char block[8192];
};

/* Opens `path`, relative to the open folder `folder`. Returns -1 when it is gone or may not be read. */
int proc_listing_open(struct proc_listing *listing, int folder, const char *path);
void proc_listing_close(struct proc_listing *listing);

/* The next number, or -1 after the last one. */
pid_t proc_listing_next(struct proc_listing *listing);

/* Whether the file descriptor `number` of the open folder of a process's file descriptors is a socket, and its inode.
 */
bool proc_listing_socket(int folder, pid_t number, uint64_t *ret_inode);

#endif
