#include "plan/traffic/authorized.h"

#include "test.h"
#include "traffic_text.h"

TEST(every_request_without_such_a_header_gets_one)
{
    struct traffic traffic;
    struct authorized authorized;

    traffic_from_text(&traffic, "{\"requests\":[{\"name\":\"a\",\"path\":\"/a\",\"headers\":{\"X-A\":\"1\"}},"
                                "{\"name\":\"b\",\"path\":\"/b\",\"headers\":{\"authorization\":\"own\"}}]}");
    authorized_init(&authorized, &traffic, "Basic dTpw");
    assert_int_equal(authorized.traffic.requests[0].header_count, 2);
    assert_string_equal(authorized.traffic.requests[0].headers[1].name, "Authorization");
    assert_int_equal(authorized.traffic.requests[1].header_count, 1);
    authorized_release(&authorized);
    assert_int_equal(traffic.requests[0].header_count, 1); /* the scenario knows nothing of it */
    traffic_release(&traffic);
}

TEST(without_credentials_nothing_is_added)
{
    struct traffic traffic;
    struct authorized authorized;

    traffic_from_text(&traffic, "{\"requests\":[{\"name\":\"a\",\"path\":\"/a\"}]}");
    authorized_init(&authorized, &traffic, NULL);
    assert_int_equal(authorized.traffic.requests[0].header_count, 0);
    authorized_release(&authorized);
    traffic_release(&traffic);
}
