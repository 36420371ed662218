#include "bench/crew/muster.h"

#include "base/clock.h"
#include "base/core_set.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "bench/crew/fleet_order.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <jansson.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_NS   (60 * CLOCK_SECOND_NS)
#define LOOK_EVERY_NS CLOCK_MILLISECOND_NS

static char *own_host(void)
{
    char name[256] = "";

    gethostname(name, sizeof name - 1);
    return mem_string(name[0] != '\0' ? name : "?");
}

/* ---- what each says ---- */

static json_t *addresses_json(void)
{
    json_t *array = json_array();
    struct ifaddrs *all = NULL;

    if (getifaddrs(&all) != 0) {
        return array;
    }
    for (struct ifaddrs *each = all; each != NULL; each = each->ifa_next) {
        char text[INET_ADDRSTRLEN];
        if (each->ifa_addr == NULL || each->ifa_addr->sa_family != AF_INET || (each->ifa_flags & IFF_LOOPBACK) != 0) {
            continue;
        }
        const struct sockaddr_in *address = (const void *)each->ifa_addr, *mask = (const void *)each->ifa_netmask;
        inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
        json_array_append_new(array, json_sprintf("%s/%d", text, __builtin_popcount(mask->sin_addr.s_addr)));
    }
    freeifaddrs(all);
    return array;
}

static char *hello_text(const struct muster_hello *own, unsigned rank)
{
    struct generator_record record = {.rank = rank,
                                      .host = own_host(),
                                      .cores = own->cores->generator,
                                      .threads = own->cores->generator_count,
                                      .machine = *own->machine};
    json_t *json = generator_record_json(&record);

    json_object_set_new(json, "version", json_string(own->version));
    json_object_set_new(json, "scenario", json_string(own->scenario));
    json_object_set_new(json, "addresses", addresses_json());
    char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    free(record.host);
    return text;
}

static char *take_string(json_t *json, const char *key)
{
    const char *value = json_string_value(json_object_get(json, key));
    char *copy = mem_string(value != NULL ? value : "");

    json_object_del(json, key);
    return copy;
}

static char **take_addresses(json_t *json)
{
    json_t *array = json_object_get(json, "addresses"), *item;
    char **list = NULL;
    size_t count = 0, index;

    json_array_foreach(array, index, item)
    {
        *list_add(list, count) = mem_string(json_is_string(item) ? json_string_value(item) : "");
    }
    *list_add(list, count) = NULL;
    json_object_del(json, "addresses");
    return list;
}

/* Of another version nothing but the name of its host can be understood. */
static int read_hello(struct muster_member *member, const char *text, size_t length, struct error *err)
{
    json_t *json = json_loadb(text, length, 0, NULL);
    int result = 0;

    member->version = take_string(json, "version");
    member->scenario = take_string(json, "scenario");
    member->addresses = take_addresses(json);
    if (strcmp(member->version, TWOFOLD_VERSION) == 0) {
        result = generator_record_read(&member->record, json, err);
    } else {
        member->record.host = take_string(json, "host");
        member->record.cores = mem_string("");
    }
    json_decref(json);
    return result;
}

static int missing(const struct muster *muster, struct error *err)
{
    struct text ranks = {0};

    for (size_t i = 0; i < muster->count; i++) {
        if (muster->members[i].version == NULL) {
            text_format(&ranks, "%s%zu", ranks.length > 0 ? ", " : "", i);
        }
    }
    error_failed(err, "nothing was heard of rank %s of the fleet for %d s", ranks.data,
                 (int)(PATIENCE_NS / CLOCK_SECOND_NS));
    text_release(&ranks);
    return -1;
}

static int collect(struct muster *muster, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + PATIENCE_NS;

    for (size_t known = 1; known < muster->count;) {
        struct ranks_message message;
        if (clock_now_ns() >= until_ns) {
            return missing(muster, err);
        }
        if (!ranks_receive(muster->ranks, &message)) {
            clock_sleep_ns(LOOK_EVERY_NS);
            continue;
        }
        struct muster_member *member = &muster->members[message.from];
        int result = 0;
        if (message.kind == ORDER_HELLO && member->version == NULL) {
            result = read_hello(member, message.data, message.length, err);
            known++;
        }
        free(message.data);
        if (result != 0) {
            return error_context(err, "rank %u", message.from);
        }
    }
    return 0;
}

/* ---- whether that is one run ---- */

static int check_versions(const struct muster *muster, struct error *err)
{
    const struct muster_member *first = &muster->members[0];

    for (size_t i = 1; i < muster->count; i++) {
        const struct muster_member *other = &muster->members[i];
        if (strcmp(other->version, first->version) != 0) {
            return error_input(err,
                               "rank %zu on %s is twofold %s, rank 0 on %s is twofold %s: all of a fleet must be one "
                               "version",
                               i, other->record.host, other->version, first->record.host, first->version);
        }
        if (strcmp(other->scenario, first->scenario) != 0) {
            return error_input(err,
                               "rank %zu on %s has another scenario of that name than rank 0 on %s: copy the file, and "
                               "what it reads, to all hosts",
                               i, other->record.host, first->record.host);
        }
    }
    return 0;
}

/* ERROR_INPUT where the two are of one host and have a core in common. */
static int check_pair(const struct muster_member *one, const struct muster_member *two, struct error *err)
{
    struct core_set mine, others;
    unsigned a = one->record.rank, b = two->record.rank;

    bool both_send = one->record.threads > 0 && two->record.threads > 0;

    if (!both_send || strcmp(one->record.host, two->record.host) != 0 ||
        core_set_read(&mine, one->record.cores, NULL) != 0 || core_set_read(&others, two->record.cores, NULL) != 0) {
        return 0;
    }
    core_set_keep(&mine, &others);
    if (core_set_count(&mine) == 0) {
        return 0;
    }
    return error_input(err,
                       "ranks %u and %u would both send from core %u of %s: start one rank a host (mpirun --map-by "
                       "node --bind-to none; --cores gives it more cores), or give each its own (--bind-to core)",
                       a, b, core_set_next(&mine, 0), one->record.host);
}

static int check_cores(const struct muster *muster, struct error *err)
{
    for (size_t i = 0; i < muster->count; i++) {
        for (size_t j = i + 1; j < muster->count; j++) {
            if (check_pair(&muster->members[i], &muster->members[j], err) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* ---- who leads ---- */

/* "svc" is "svc.example.org", and 10.0.0.2 who has that address. */
static bool is_on(const struct muster_member *member, const char *host)
{
    size_t length = strlen(host);
    const char *name = member->record.host;

    for (size_t i = 0; member->addresses != NULL && member->addresses[i] != NULL; i++) {
        if (strncmp(member->addresses[i], host, length) == 0 && member->addresses[i][length] == '/') {
            return true;
        }
    }
    return strncmp(name, host, length) == 0 && (name[length] == '\0' || name[length] == '.');
}

static int no_rank(const struct muster *muster, const char *service_on, struct error *err)
{
    struct text hosts = {0};

    for (size_t i = 0; i < muster->count; i++) {
        text_format(&hosts, "%s%zu on %s", i > 0 ? ", " : "", i, muster->members[i].record.host);
    }
    error_input(err, "--service-on %s: no rank of the fleet is there. Its ranks are %s; \"rank:N\" names one of them",
                service_on, hosts.data);
    text_release(&hosts);
    return -1;
}

static int find_lead(struct muster *muster, const char *service_on, struct error *err)
{
    static const char by_number[] = "rank:";

    muster->lead = 0;
    muster->hosts_service = service_on != NULL;
    if (service_on == NULL) {
        return 0;
    }
    if (strncmp(service_on, by_number, strlen(by_number)) == 0) {
        char *end;
        unsigned long rank = strtoul(service_on + strlen(by_number), &end, 10);
        muster->lead = (unsigned)rank;
        return *end == '\0' && rank < muster->count ? 0 : no_rank(muster, service_on, err);
    }
    for (size_t i = 0; i < muster->count; i++) {
        if (is_on(&muster->members[i], service_on)) {
            muster->lead = (unsigned)i;
            return 0;
        }
    }
    return no_rank(muster, service_on, err);
}

/* ---- by which address it is reached ---- */

static bool in_network(const char *network, const char *address)
{
    char text[INET_ADDRSTRLEN] = "", other[INET_ADDRSTRLEN] = "";
    struct in_addr a, b;
    int length = 0;

    if (sscanf(network, "%15[0-9.]/%d", text, &length) != 2 || sscanf(address, "%15[0-9.]", other) != 1 ||
        inet_pton(AF_INET, text, &a) != 1 || inet_pton(AF_INET, other, &b) != 1 || length < 0 || length > 32) {
        return false;
    }
    uint32_t mask = length > 0 ? htonl(UINT32_MAX << (32 - length)) : 0;
    return (a.s_addr & mask) == (b.s_addr & mask);
}

static bool reaches(const struct muster_member *member, const char *address)
{
    for (size_t i = 0; member->addresses != NULL && member->addresses[i] != NULL; i++) {
        if (in_network(member->addresses[i], address)) {
            return true;
        }
    }
    return false;
}

/* The first address in a network that all are in; the first, where there is none; loopback, where all are on one host.
 */
static void find_address(struct muster *muster)
{
    const struct muster_member *lead = &muster->members[muster->lead];
    const char *found = "127.0.0.1";
    size_t most = 0;
    bool one_host = true;

    for (size_t i = 0; i < muster->count; i++) {
        one_host = one_host && strcmp(muster->members[i].record.host, lead->record.host) == 0;
    }
    for (size_t i = 0; !one_host && lead->addresses != NULL && lead->addresses[i] != NULL; i++) {
        size_t count = 0;
        for (size_t k = 0; k < muster->count; k++) {
            count += reaches(&muster->members[k], lead->addresses[i]);
        }
        if (count > most) {
            most = count;
            found = lead->addresses[i];
        }
    }
    snprintf(muster->host, sizeof muster->host, "%.*s", (int)strcspn(found, "/"), found);
}

static void deal_threads(struct muster *muster)
{
    muster->threads = 0;
    for (size_t i = 0; i < muster->count; i++) {
        struct muster_member *member = &muster->members[i];
        if (muster->hosts_service && i == muster->lead) {
            member->record.threads = 0;
        }
        member->first_thread = muster->threads;
        muster->threads += member->record.threads;
    }
}

int muster_settle(struct muster *muster, const char *service_on, struct error *err)
{
    if (check_versions(muster, err) != 0 || find_lead(muster, service_on, err) != 0) {
        return -1;
    }
    deal_threads(muster);
    find_address(muster);
    return check_cores(muster, err);
}

/* ---- its life ---- */

int muster_gather(struct muster *muster, struct ranks *ranks, const struct muster_hello *own, struct error *err)
{
    struct muster gathered = {.ranks = ranks, .count = ranks_count(ranks), .own = ranks_own(ranks)};
    char *text = hello_text(own, gathered.own);
    size_t length = strlen(text);

    gathered.members = mem_new(gathered.count, sizeof *gathered.members);
    for (unsigned rank = 0; rank < gathered.count; rank++) {
        if (rank != gathered.own) {
            ranks_send(ranks, rank, ORDER_HELLO, text, length);
        }
    }
    int result = read_hello(&gathered.members[gathered.own], text, length, err);
    free(text);
    if (result != 0 || collect(&gathered, err) != 0 || muster_settle(&gathered, own->service_on, err) != 0) {
        muster_release(&gathered);
        return -1;
    }
    *muster = gathered;
    return 0;
}

void muster_release(struct muster *muster)
{
    for (size_t i = 0; i < muster->count; i++) {
        struct muster_member *member = &muster->members[i];
        generator_record_release(&member->record);
        free(member->version);
        free(member->scenario);
        for (size_t k = 0; member->addresses != NULL && member->addresses[k] != NULL; k++) {
            free(member->addresses[k]);
        }
        free(member->addresses);
    }
    free(muster->members);
    *muster = (struct muster){0};
}

void muster_dismiss(struct muster *muster, const void *end, size_t length)
{
    for (unsigned rank = 0; rank < muster->count; rank++) {
        if (rank != muster->own) {
            ranks_send(muster->ranks, rank, ORDER_END, end, length);
        }
    }
    if (muster->count > 0) {
        ranks_flush(muster->ranks, CLOCK_SECOND_NS);
    }
}
