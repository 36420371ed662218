#include "base/lines/line_file.h"

#include "base/lines/gzip_member.h"
#include "base/lines/line_tail.h"
#include "base/lines/new_file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct line_file {
    struct line_file_options options;
    char *path;            /* where it is, or is to be */
    int fd;                /* -1: it has not been made */
    off_t length;          /* of its whole lines, as they are in the file */
    bool gzip;             /* each line is a gzip member */
    bool mended;           /* its last line ends */
    struct line_tail tail; /* what is to be done for that */
};

/* ---- making ---- */

static struct line_file *make(const struct line_file_options *options, int fd)
{
    struct line_file *file = mem_new(1, sizeof *file);

    *file = (struct line_file){.options = *options, .path = mem_string(options->path), .fd = fd};
    file->options.path = NULL; /* the caller's; `path` is ours */
    return file;
}

int line_file_new(struct line_file **ret_file, const struct line_file_options *options, struct error *err)
{
    if (new_file_check(options->path, options->numbered, err) != 0) {
        return -1;
    }
    *ret_file = make(options, -1);
    (*ret_file)->mended = true;
    (*ret_file)->gzip = line_tail_is_gzip(options->path);
    return 0;
}

static int first_line(struct line_file *file, struct error *err)
{
    char *path;
    int fd = new_file_create(file->path, file->options.numbered, &path);

    if (fd < 0 && errno == EEXIST) {
        return new_file_taken(file->path, err);
    }
    if (fd < 0) {
        return error_failed(err, "%s: cannot be created: %s", file->path, strerror(errno));
    }
    free(file->path);
    file->path = path;
    file->fd = fd;
    return 0;
}

/* ---- going on with one ---- */

static int open_again(const char *path, struct error *err)
{
    struct stat info;
    int fd = open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0) {
        return error_input(err, "%s: cannot be opened: %s", path, strerror(errno));
    }
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(fd);
        return error_input(err, "%s: is no regular file", path);
    }
    return fd;
}

int line_file_reopen(struct line_file **ret_file, const struct line_file_options *options, struct error *err)
{
    int fd = open_again(options->path, err);

    if (fd < 0) {
        return -1;
    }
    /* A file system without locks is no reason to refuse. */
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        close(fd);
        return error_input(err,
                           "%s: this run is still going on: another twofold writes into the file. It can be resumed "
                           "when that one has ended",
                           options->path);
    }
    struct line_tail tail;
    if (line_tail_find(fd, options->path, &tail, err) != 0) {
        close(fd);
        return -1;
    }
    *ret_file = make(options, fd);
    (*ret_file)->tail = tail;
    (*ret_file)->gzip = tail.gzip;
    return 0;
}

/* ---- writing ---- */

static int write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t done = write(fd, data, length);
        if (done < 0 && errno != EINTR) {
            return -1;
        }
        if (done > 0) {
            data += done;
            length -= (size_t)done;
        }
    }
    return 0;
}

/* The lines as they are in the file. */
static int write_lines(struct line_file *file, const char *lines, size_t length)
{
    struct text member = {0};
    int result;

    if (file->gzip) {
        gzip_member_add(&member, lines, length);
        lines = member.data;
        length = member.length;
    }
    result = write_all(file->fd, lines, length);
    if (result == 0) {
        result = fdatasync(file->fd);
    }
    if (result == 0) {
        file->length += (off_t)length;
    }
    text_release(&member);
    return result;
}

static int mend(struct line_file *file, struct error *err)
{
    const struct text *add = &file->tail.add;

    if (ftruncate(file->fd, file->tail.keep) != 0) {
        return error_failed(err, "%s: cannot be written: %s", file->path, strerror(errno));
    }
    file->length = file->tail.keep;
    if (add->length > 0 && write_lines(file, add->data, add->length) != 0) {
        return error_failed(err, "%s: cannot be written: %s", file->path, strerror(errno));
    }
    file->mended = true;
    return 0;
}

/* ---- a file that was taken away ---- */

static bool is_lost(const struct line_file *file)
{
    struct stat here, there;

    if (fstat(file->fd, &here) != 0) {
        return false;
    }
    if (stat(file->path, &there) != 0) {
        return errno == ENOENT || errno == ENOTDIR;
    }
    return here.st_dev != there.st_dev || here.st_ino != there.st_ino;
}

/* The descriptor holds every byte, whatever became of the name. */
static int copy(int from, int to, off_t length)
{
    char block[1 << 16];

    for (off_t at = 0; at < length;) {
        ssize_t got = pread(from, block, sizeof block, at);
        if (got <= 0 || write_all(to, block, (size_t)got) != 0) {
            return -1;
        }
        at += got;
    }
    return fdatasync(to);
}

/* Makes the copy at `path`. Returns 0, or -1 with errno set. */
static int write_anew_at(struct line_file *file, const char *path)
{
    char *made;
    int fd = new_file_create(path, true, &made);

    if (fd < 0) {
        return -1;
    }
    if (copy(file->fd, fd, file->length) != 0) {
        int why = errno;
        unlink(made);
        free(made);
        close(fd);
        errno = why;
        return -1;
    }
    close(file->fd);
    free(file->path);
    file->fd = fd;
    file->path = made;
    return 0;
}

/* Where it was, or else in the folder for temporary files. */
static int write_anew(struct line_file *file, struct error *err)
{
    const char *folder = getenv("TMPDIR");
    char *lost = mem_string(file->path);
    char *refuge = mem_format("%s/%s", folder != NULL && folder[0] != '\0' ? folder : "/tmp", new_file_name(lost));
    int result = 0;

    if (write_anew_at(file, lost) != 0 && write_anew_at(file, refuge) != 0) {
        result = error_failed(err, "%s: was removed or replaced while it was written, and cannot be written anew: %s",
                              lost, strerror(errno));
    } else if (file->options.say != NULL) {
        char *said = mem_format("%s was removed or replaced while it was written; all that was measured is written "
                                "anew into %s",
                                lost, file->path);
        file->options.say(file->options.context, said);
        free(said);
    }
    free(refuge);
    free(lost);
    return result;
}

/* ---- the whole ---- */

int line_file_append(struct line_file *file, const char *line, size_t length, struct error *err)
{
    if (file->fd < 0 && first_line(file, err) != 0) {
        return -1;
    }
    if (!file->mended && mend(file, err) != 0) {
        return -1;
    }
    if (write_lines(file, line, length) != 0) {
        error_failed(err, "%s: cannot be written: %s (what was written before is whole)", file->path, strerror(errno));
        /* No half line may stay behind, and no empty file; if even this fails, a reader leaves the half line out. */
        if (ftruncate(file->fd, file->length) != 0 || file->length > 0) {
            return -1;
        }
        unlink(file->path);
        close(file->fd);
        file->fd = -1;
        return -1;
    }
    return is_lost(file) ? write_anew(file, err) : 0;
}

bool line_file_is_gzip(const struct line_file *file)
{
    return file->gzip;
}

const char *line_file_path(const struct line_file *file)
{
    return file->fd >= 0 ? file->path : NULL;
}

void line_file_close(struct line_file *file)
{
    if (file != NULL) {
        if (file->fd >= 0) {
            close(file->fd);
        }
        text_release(&file->tail.add);
        free(file->path);
        free(file);
    }
}
