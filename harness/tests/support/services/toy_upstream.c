#include "toy_upstream.h"

#include <netinet/in.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    ANSWER_BYTES = 4096,
    POOL = 2, /* connections to the upstream, where there is a pool of them */
};

static sem_t pool;
static atomic_uint called;

/* The port of "http://127.0.0.1:PORT". */
static uint16_t upstream_port(void)
{
    const char *url = getenv("UPSTREAM_URL");
    const char *port = url != NULL ? strrchr(url, ':') : NULL;
    return (uint16_t)(port != NULL ? strtoul(port + 1, NULL, 10) : 0);
}

static int connect_upstream(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_port = htons(upstream_port());
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("toy_service: the upstream");
        exit(9);
    }
    return fd;
}

/* Over a connection that its thread keeps; the response is so short that it comes in one piece. */
void toy_upstream_call(void)
{
    static _Thread_local int fd;
    char text[ANSWER_BYTES];

    fd = fd > 0 ? fd : connect_upstream();
    int length = snprintf(text, sizeof text, "GET /values/%u/0 HTTP/1.1\r\nHost: upstream\r\n\r\n",
                          atomic_fetch_add(&called, 1));
    if (write(fd, text, (size_t)length) != length || read(fd, text, sizeof text) <= 0) {
        exit(9);
    }
}

void toy_upstream_make_pool(void)
{
    sem_init(&pool, 0, POOL);
}

void toy_upstream_call_from_pool(void)
{
    sem_wait(&pool);
    toy_upstream_call();
    sem_post(&pool);
}
