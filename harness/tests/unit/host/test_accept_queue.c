#include "host/accept_queue.h"

#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* A socket that listens and that nobody accepts from; `*port` 0 takes any and tells it. */
static int listen_on(const char *host, uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(*port)};
    socklen_t length = sizeof address;
    const int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    inet_pton(AF_INET, host, &address.sin_addr);
    setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, 64), 0);
    getsockname(fd, (struct sockaddr *)&address, &length);
    *port = ntohs(address.sin_port);
    return fd;
}

static int connect_to(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_port = htons(port);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

/* A kernel without sock_diag is no failure of ours. */
static uint64_t waiting(struct accept_queue *queue)
{
    uint64_t count = 4242;
    if (!accept_queue_read(queue, &count)) {
        assert_int_equal(count, 4242);
        skip();
    }
    return count;
}

/* More connections than the readings after which all sockets are looked at again. */
static void check_queue(struct accept_queue *queue, uint16_t port)
{
    int fds[40];

    for (int i = 0; i < 40; i++) {
        assert_int_equal(waiting(queue), i);
        fds[i] = connect_to(port);
    }
    assert_int_equal(waiting(queue), 40);
    for (int i = 0; i < 40; i++) {
        close(fds[i]);
    }
}

TEST(connections_that_nobody_accepts_are_counted)
{
    uint16_t port = 0;
    int fd = listen_on("127.0.0.1", &port);
    struct accept_queue queue;

    accept_queue_init(&queue, port);
    check_queue(&queue, port);
    accept_queue_release(&queue);
    close(fd);
}

TEST(an_accepted_connection_waits_no_more)
{
    uint16_t port = 0;
    int fd = listen_on("127.0.0.1", &port);
    struct accept_queue queue;

    accept_queue_init(&queue, port);
    int one = connect_to(port), two = connect_to(port);
    assert_int_equal(waiting(&queue), 2);
    int taken = accept(fd, NULL, NULL);
    assert_int_equal(waiting(&queue), 1);
    close(taken);
    close(one);
    close(two);
    accept_queue_release(&queue);
    close(fd);
}

TEST(a_socket_on_every_address_is_found)
{
    uint16_t port = 0;
    int fd = listen_on("0.0.0.0", &port);
    struct accept_queue queue;

    accept_queue_init(&queue, port);
    check_queue(&queue, port);
    accept_queue_release(&queue);
    close(fd);
}

TEST(a_socket_of_both_address_families_is_found)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6};
    socklen_t length = sizeof address;
    struct accept_queue queue;
    int fd = socket(AF_INET6, SOCK_STREAM, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        skip(); /* a machine without IPv6 */
    }
    assert_int_equal(listen(fd, 64), 0);
    getsockname(fd, (struct sockaddr *)&address, &length);
    accept_queue_init(&queue, ntohs(address.sin6_port));
    check_queue(&queue, ntohs(address.sin6_port));
    accept_queue_release(&queue);
    close(fd);
}

TEST(the_queues_of_all_sockets_on_the_port_are_summed)
{
    uint16_t port = 0;
    int fds[4];
    struct accept_queue queue;

    fds[0] = listen_on("127.0.0.1", &port);
    for (int i = 1; i < 4; i++) {
        fds[i] = listen_on("127.0.0.1", &port);
    }
    accept_queue_init(&queue, port);
    check_queue(&queue, port);
    accept_queue_release(&queue);
    for (int i = 0; i < 4; i++) {
        close(fds[i]);
    }
}

TEST(a_port_that_nobody_listens_on_has_no_queue)
{
    uint16_t port = 0, other = 0;
    int fd = listen_on("127.0.0.1", &port), elsewhere = listen_on("127.0.0.1", &other);
    struct accept_queue queue;

    accept_queue_init(&queue, port);
    int client = connect_to(port);
    assert_int_equal(waiting(&queue), 1);
    close(fd);
    for (int i = 0; i < 40; i++) {
        assert_int_equal(waiting(&queue), 0);
    }
    close(client);
    close(elsewhere);
    accept_queue_release(&queue);
}

TEST(where_the_kernel_does_not_respond_it_is_not_known)
{
    struct accept_queue queue;
    uint64_t count = 4242;

    accept_queue_init(&queue, 1);
    accept_queue_release(&queue);
    assert_false(accept_queue_read(&queue, &count));
    assert_int_equal(count, 4242);
}

TEST(the_room_of_a_queue_is_what_was_asked_for)
{
    uint16_t port = 0;
    int fd = listen_on("127.0.0.1", &port);
    struct accept_queue queue;
    uint32_t room = 4242;

    accept_queue_init(&queue, port);
    if (!accept_queue_room(&queue, &room)) {
        assert_int_equal(room, 4242);
        skip();
    }
    assert_int_equal(room, 64);
    assert_int_equal(listen(fd, 32), 0);
    assert_true(accept_queue_room(&queue, &room));
    assert_int_equal(room, 32);
    close(fd);
    room = 4242;
    assert_false(accept_queue_room(&queue, &room));
    assert_int_equal(room, 4242);
    accept_queue_release(&queue);
}
