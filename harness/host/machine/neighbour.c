#include "host/machine/neighbour.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* So many runs at a time are told apart. */
#define CLAIMS_MOST 16

/* A name that is no file, so that it goes with the process whatever ends it. -1 with errno EADDRINUSE: it is taken. */
static int take_name(unsigned number)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "twofold-bench-%u", number);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0) {
        return -1;
    }
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
    if (bind(fd, (const struct sockaddr *)&address, size) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

unsigned neighbour_claim(int *ret_claim)
{
    unsigned others = 0;
    int claim = -1;

    for (unsigned i = 0; i < CLAIMS_MOST; i++) {
        int fd = take_name(i);
        if (fd >= 0 && claim < 0) {
            claim = fd;
        } else if (fd >= 0) {
            close(fd);
        } else if (errno == EADDRINUSE) {
            others++;
        }
    }
    *ret_claim = claim;
    return others;
}
