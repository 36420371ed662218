/* proc_reader: reads small files of /proc again and again, cheaply. Opening a file takes five times as long as reading
 * it, so a file that is read often stays open, up to a number of open files. */
#ifndef TWOFOLD_HOST_PROC_PROC_READER_H
#define TWOFOLD_HOST_PROC_PROC_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct proc_reader {
    char *buffer; /* the file that was read last, NUL-terminated */
    size_t size;
    unsigned kept, most; /* files that are kept open, and the most that may be */
};

/* A file that is read again and again. `= {0}` is one that is not open yet. */
struct proc_file {
    bool open;
    int fd;
};

/* With a buffer of `size` bytes; at most `most` files are kept open. */
void proc_reader_init(struct proc_reader *reader, size_t size, unsigned most);
void proc_reader_release(struct proc_reader *reader);

/* Reads `path`, relative to the open folder `folder` (AT_FDCWD: the working folder), into the buffer. Returns the
 * length, or -1 when the file is gone or may not be read; it is closed then. What does not fit is cut off. */
ssize_t proc_reader_read(struct proc_reader *reader, struct proc_file *file, int folder, const char *path);

/* The same for a file that is not read often enough to be kept open. */
ssize_t proc_reader_read_once(struct proc_reader *reader, int folder, const char *path);

/* Closes the file if it is open. */
void proc_reader_drop(struct proc_reader *reader, struct proc_file *file);

#endif
