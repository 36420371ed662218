#include "analysis/comparison/builds.h"

#include "test.h"

/* Three runs that have one backend: two of one side, and one of the other side. */
struct fixture {
    struct backend_record records[3];
    struct backend_finding backends[3];
    struct findings findings[3];
    const struct findings *more[1];
    struct compared_run runs[2];
    struct compared_side sides[2];
    struct comparison comparison;
    struct compared_backend backend;
};

static void make(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    for (int i = 0; i < 3; i++) {
        fixture->records[i] = (struct backend_record){.name = (char *)"go",
                                                      .versions = (char *)"go1.25.1",
                                                      .artifact_hash = (char *)"abc"};
        fixture->backends[i].record = &fixture->records[i];
        fixture->findings[i] = (struct findings){.backends = &fixture->backends[i], .backend_count = 1};
    }
    fixture->more[0] = &fixture->findings[1];
    fixture->runs[0] = (struct compared_run){.findings = &fixture->findings[0], .more = fixture->more, .more_count = 1};
    fixture->runs[1] = (struct compared_run){.findings = &fixture->findings[2]};
    fixture->sides[0].finding = &fixture->backends[0];
    fixture->sides[1].finding = &fixture->backends[2];
    fixture->comparison = (struct comparison){.runs = fixture->runs, .run_count = 2};
    fixture->backend = (struct compared_backend){.name = "go", .sides = fixture->sides};
}

static void check(struct fixture *fixture, bool same, bool mixed)
{
    builds_find(&fixture->comparison, &fixture->backend);
    assert_int_equal(fixture->backend.build_same, same);
    assert_int_equal(fixture->sides[0].mixed, mixed);
    assert_false(fixture->sides[1].mixed);
}

TEST(one_build_is_the_same_everywhere)
{
    struct fixture fixture;

    make(&fixture);
    check(&fixture, true, false);
}

TEST(another_hash_or_version_on_the_other_side_is_another_build)
{
    struct fixture fixture;

    make(&fixture);
    fixture.records[2].artifact_hash = (char *)"abd";
    check(&fixture, false, false);
    make(&fixture);
    fixture.records[2].versions = (char *)"go1.26.0";
    check(&fixture, false, false);
}

TEST(another_build_within_a_side_is_told_apart_from_that)
{
    struct fixture fixture;

    make(&fixture);
    fixture.records[1].artifact_hash = (char *)"abd";
    check(&fixture, true, true);
    make(&fixture);
    fixture.records[1].versions = (char *)"go1.26.0";
    check(&fixture, true, true);
}

TEST(a_hash_that_is_not_known_says_nothing)
{
    struct fixture fixture;

    make(&fixture);
    fixture.records[1].artifact_hash = fixture.records[2].artifact_hash = NULL;
    check(&fixture, true, false);
}

TEST(a_service_that_a_side_does_not_have_is_no_other_build)
{
    struct fixture fixture;

    make(&fixture);
    fixture.sides[1].finding = NULL;
    check(&fixture, true, false);
    fixture.findings[1].backend_count = 0;
    check(&fixture, true, false);
}
