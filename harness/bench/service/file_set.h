/* file_set: a set of files. A file is known by its device and inode and not by its name, so that one with several names
 * is in the set once. */
#ifndef TWOFOLD_BENCH_SERVICE_FILE_SET_H
#define TWOFOLD_BENCH_SERVICE_FILE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* `= {0}` is empty. */
struct file_set {
    struct file_identity {
        dev_t device;
        ino_t inode;
        bool used;
    } * slots; /* open addressing; the number of slots is a power of two */
    size_t slot_count, count;
};

/* Adds the file that stat() described by `info`. Returns whether it was new to the set. */
bool file_set_add(struct file_set *set, const struct stat *info);

void file_set_release(struct file_set *set);

#endif
