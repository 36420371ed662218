#include "load/transport/transport.h"

#include "test.h"

#include <errno.h>
#include <stdlib.h>

static void check_authority(const char *name, uint16_t port, bool tls, const char *expected)
{
    char *authority = transport_authority(name, port, tls);
    assert_string_equal(authority, expected);
    free(authority);
}

TEST(the_scheme_s_own_port_is_not_said)
{
    check_authority("localhost", 80, false, "localhost");
    check_authority("localhost", 443, true, "localhost");
    check_authority("localhost", 443, false, "localhost:443");
    check_authority("localhost", 80, true, "localhost:80");
    check_authority("127.0.0.1", 8080, false, "127.0.0.1:8080");
    check_authority("::1", 80, false, "[::1]");
    check_authority("::1", 8080, false, "[::1]:8080");
}

TEST(the_want_of_this_machine_is_not_the_service_s_failure)
{
    static const int own[] = {EMFILE, ENFILE, EADDRNOTAVAIL, ENOBUFS, ENOMEM};
    static const int others[] = {ECONNREFUSED, ECONNRESET, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, 0};

    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        assert_int_equal(transport_connect_failure(own[i]), FAILURE_UNSENT);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(transport_connect_failure(others[i]), FAILURE_CONNECT);
    }
}
