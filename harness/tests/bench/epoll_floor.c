/* epoll_floor: the least that a closed loop over HTTP costs on this kernel: bare epoll, one prepared request, responses
 * told apart by their length alone, nothing measured, nothing checked. The benchmark of the generator prints it beside
 * the real ones, as the floor that no generator can go below.
 *
 *     epoll_floor PORT PATH CONNECTIONS SECONDS        prints: requests cpu_ns_per_request */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, BUFFER = 65536 };

static char request[1024];
static size_t request_length;

static uint64_t read_ns(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void die(const char *what)
{
    fprintf(stderr, "epoll_floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void send_request(int fd)
{
    if (write(fd, request, request_length) != (ssize_t)request_length) {
        die("write");
    }
}

static void open_connection(int epoll, uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        die("connect");
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    send_request(fd);
}

static uint64_t run(int epoll, uint64_t until_ns)
{
    struct epoll_event events[EVENTS];
    char *buffer = malloc(BUFFER);
    uint64_t requests = 0;

    while (read_ns(CLOCK_MONOTONIC) < until_ns) {
        int count = epoll_wait(epoll, events, EVENTS, 1000);
        for (int i = 0; i < count; i++) {
            if (read(events[i].data.fd, buffer, BUFFER) <= 0) {
                die("read");
            }
            requests++;
            send_request(events[i].data.fd);
        }
    }
    free(buffer);
    return requests;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs("usage: epoll_floor PORT PATH CONNECTIONS SECONDS\n", stderr);
        return 2;
    }
    uint16_t port = (uint16_t)atoi(argv[1]);
    int epoll = epoll_create1(0);

    request_length =
        (size_t)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", argv[2], port);
    for (int i = 0; i < atoi(argv[3]); i++) {
        open_connection(epoll, port);
    }
    uint64_t cpu_ns = read_ns(CLOCK_PROCESS_CPUTIME_ID);
    uint64_t requests = run(epoll, read_ns(CLOCK_MONOTONIC) + (uint64_t)atoi(argv[4]) * 1000000000u);
    cpu_ns = read_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu_ns;
    printf("%llu %llu\n", (unsigned long long)requests, (unsigned long long)(requests > 0 ? cpu_ns / requests : 0));
    return 0;
}
