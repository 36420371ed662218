/* Who listens on a port, and what follows from it: the process that serves outside of the service's family is read with
 * it, and ends with it. */
#include "host/process/port_owner.h"

#include "host/process/listening_sockets.h"
#include "host/process/outsider.h"
#include "host/process/published_port.h"
#include "sampler_fixture.h"

#include <signal.h>

/* --- the text ----------------------------------------------------------------------------------------------------- */

TEST(only_sockets_that_listen_on_the_port_are_found)
{
    static const char text[] =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 100 0\n"
        "   1: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000 100 0\n"
        "   2: 0100007F:1F90 0100007F:A0B0 01 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000 20 4\n"
        "   3: 0100007F:1F90 0100007F:A0B1 06 00000000:00000000 03:00000F9A 00000000     0        0 0 3 0000\n";
    static const char six[] = "  10: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A "
                              "00000000:00000000 00:00000000 00000000  1000        0 99887766554 1 0000 100 0 0 10 0\n";
    uint64_t inodes[4];

    assert_int_equal(listening_sockets_read(text, 8080, inodes, 4), 1);
    assert_int_equal(inodes[0], 4711);
    assert_int_equal(listening_sockets_read(text, 8081, inodes, 4), 1);
    assert_int_equal(inodes[0], 4712);
    assert_int_equal(listening_sockets_read(six, 8080, inodes, 4), 1);
    assert_int_equal(inodes[0], 99887766554);
    assert_int_equal(listening_sockets_read(text, 8080, inodes, 0), 0);
    assert_false(listening_sockets_text_is_open(text, 8080));
    assert_true(listening_sockets_text_is_open(six, 8080));
    assert_false(listening_sockets_text_is_open(six, 8081));
    assert_int_equal(listening_sockets_read("", 8080, inodes, 4), 0);
    assert_int_equal(listening_sockets_read("0: 0100007F:1F90 00000000:0000 0A 0:", 8080, inodes, 4), 0);
}

TEST(the_command_line_of_a_proxy_names_what_it_passes_on_to)
{
    static const char whole[] = "/usr/bin/docker-proxy\0-proto\0tcp\0-host-ip\000127.0.0.1\0-host-port\0005000\0"
                                "-container-ip\000172.17.0.2\0--container-port\0008080";
    char address[64] = "";
    uint16_t port = 0;

    assert_true(published_port_read(whole, sizeof whole, &port, address, sizeof address));
    assert_int_equal(port, 8080);
    assert_string_equal(address, "172.17.0.2");
    assert_false(published_port_read(whole, sizeof whole - sizeof "8080", &port, address, sizeof address));
    assert_false(published_port_read(whole, 20, &port, address, sizeof address));
    assert_false(published_port_read("", 0, &port, address, sizeof address));
}

/* --- processes ---------------------------------------------------------------------------------------------------- */

static struct port_owner owner_of(const struct sampler_fixture *fixture)
{
    struct port_owner owner;

    port_owner_find(fixture->port, service_pid(fixture->service), &owner);
    print_message("place %d, process %d (%s) %s\n", (int)owner.place, (int)owner.pid, owner.name, owner.why);
    return owner;
}

TEST(a_service_that_listens_itself_is_its_own_owner)
{
    struct sampler_fixture fixture = start_ready("deaf", "3");
    struct port_owner owner = owner_of(&fixture);

    assert_int_equal(owner.place, PORT_OWNER_INSIDE);
    assert_int_equal(owner.pid, service_pid(fixture.service));
    assert_string_equal(owner.why, "");
    assert_true(owner.started_ns <= clock_now_ns());
    assert_true(owner.started_ns + 20 * CLOCK_MILLISECOND_NS >= service_started_ns(fixture.service));
    end(&fixture);
}

TEST(a_port_on_which_nobody_listens_has_no_owner)
{
    struct sampler_fixture fixture = start_ready("calm", NULL);
    struct port_owner owner = owner_of(&fixture);

    assert_int_equal(owner.place, PORT_OWNER_UNKNOWN);
    assert_int_equal(owner.pid, 0);
    assert_non_null(strstr(owner.why, "listens on port"));
    end(&fixture);
}

/* Gone, not only a zombie that the system has yet to look after. */
static void check_gone(pid_t pid)
{
    for (int i = 0; i < PATIENCE_MS && is_living(pid); i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_false(is_living(pid));
}

TEST(a_daemon_is_found_read_with_its_children_and_ended)
{
    struct sampler_fixture fixture = start_ready("daemon", "3");
    struct sample before = read_one(&fixture);
    struct port_owner owner = owner_of(&fixture);
    struct outsider outsider;

    assert_int_equal(before.processes, 1); /* the one that was started, which serves nothing */
    assert_int_equal(owner.place, PORT_OWNER_OUTSIDE);
    assert_int_not_equal(owner.pid, service_pid(fixture.service));
    assert_true(owner.started_ns + 20 * CLOCK_MILLISECOND_NS >= service_started_ns(fixture.service));
    assert_int_equal(outsider_hold(&outsider, owner.pid, true), 0);
    assert_int_equal(sampler_follow(fixture.sampler, owner.pid), 0);
    assert_int_equal(sampler_follow(fixture.sampler, owner.pid), 0); /* twice is once */
    struct sample sample = read_one(&fixture);
    assert_int_equal(sample.processes, 1 + 1 + 3);
    assert_true(sample.file_descriptors > before.file_descriptors);
    assert_true(sample.cpu_ns >= before.cpu_ns);
    assert_false(outsider_ended(&outsider));
    outsider_end(&outsider, 5 * CLOCK_SECOND_NS);
    assert_int_equal(outsider.pid, 0);
    check_gone(owner.pid);
    for (int i = 0; i < PATIENCE_MS && sample.processes > 1; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        sample = read_one(&fixture);
    }
    assert_int_equal(sample.processes, 1);
    end(&fixture);
}

/* As docker does it: a proxy outside, and the service in a namespace of its own, neither of the family. */
TEST(behind_a_proxy_the_process_in_the_container_is_the_owner)
{
    struct sampler_fixture fixture = start("container", NULL);
    struct outsider proxy, inside;

    wait_for_word(fixture.service, "ready");
    char *output = service_output(fixture.service);
    bool allowed = strstr(output, "not allowed") == NULL;
    pid_t proxy_pid = (pid_t)strtol(strchr(output, '=') != NULL ? strchr(output, '=') + 1 : "0", NULL, 10);
    free(output);
    if (allowed) {
        struct port_owner owner = owner_of(&fixture);
        assert_int_equal(owner.place, PORT_OWNER_OUTSIDE);
        assert_int_not_equal(owner.pid, proxy_pid);
        assert_string_equal(owner.name, "in-container");
        assert_int_equal(outsider_hold(&proxy, proxy_pid, true), 0);
        assert_int_equal(outsider_hold(&inside, owner.pid, true), 0);
        outsider_end(&inside, 5 * CLOCK_SECOND_NS);
        owner = owner_of(&fixture); /* nobody is behind the proxy any more */
        assert_int_equal(owner.place, PORT_OWNER_UNKNOWN);
        assert_int_equal(owner.pid, proxy_pid);
        assert_non_null(strstr(owner.why, "(docker-proxy)"));
        outsider_end(&proxy, 5 * CLOCK_SECOND_NS);
    }
    end(&fixture);
    if (!allowed) {
        print_message("no network namespace may be made here\n");
        skip();
    }
}

TEST(a_process_that_is_older_than_the_service_is_left_alone)
{
    struct sampler_fixture fixture = start_ready("family", "1");
    struct outsider outsider;
    pid_t pid = service_pid(fixture.service);

    assert_int_equal(outsider_hold(&outsider, pid, false), 0);
    outsider_end(&outsider, 5 * CLOCK_SECOND_NS);
    assert_true(is_living(pid));
    assert_int_equal(outsider_hold(&outsider, pid, false), 0);
    kill(pid, SIGKILL);
    for (int i = 0; i < PATIENCE_MS && !outsider_ended(&outsider); i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_true(outsider_ended(&outsider));
    outsider_end(&outsider, 0);
    assert_false(outsider_ended(&outsider)); /* nobody is held any more */
    assert_int_equal(outsider_hold(&outsider, 0x3ffffff, true), -1);
    end(&fixture);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
