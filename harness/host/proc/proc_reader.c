#include "host/proc/proc_reader.h"

#include "base/mem.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

void proc_reader_init(struct proc_reader *reader, size_t size, unsigned most)
{
    *reader = (struct proc_reader){.buffer = mem_new(size, 1), .size = size, .most = most};
}

void proc_reader_release(struct proc_reader *reader)
{
    free(reader->buffer);
    *reader = (struct proc_reader){0};
}

void proc_reader_drop(struct proc_reader *reader, struct proc_file *file)
{
    if (file->open) {
        close(file->fd);
        reader->kept--;
        file->open = false;
    }
}

static ssize_t fill(struct proc_reader *reader, int fd)
{
    ssize_t got = pread(fd, reader->buffer, reader->size - 1, 0);
    reader->buffer[got > 0 ? got : 0] = '\0';
    return got;
}

ssize_t proc_reader_read(struct proc_reader *reader, struct proc_file *file, int folder, const char *path)
{
    if (!file->open && reader->kept >= reader->most) {
        return proc_reader_read_once(reader, folder, path);
    }
    if (!file->open) {
        file->fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
        if (file->fd < 0) {
            return -1;
        }
        file->open = true;
        reader->kept++;
    }
    ssize_t got = fill(reader, file->fd);
    if (got < 0) {
        proc_reader_drop(reader, file);
    }
    return got;
}

ssize_t proc_reader_read_once(struct proc_reader *reader, int folder, const char *path)
{
    int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        return -1;
    }
    ssize_t got = fill(reader, fd);
    close(fd);
    return got;
}
