/* evidence: the figures that support a cause. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_EVIDENCE_H
#define TWOFOLD_ANALYSIS_CAUSE_EVIDENCE_H

struct cause_finding;
struct symptoms;

/* One figure. The key ends in its unit: "service_cpu_share", "rss_peak_bytes", "queueing_expected_ns". A count has
 * none. */
struct evidence {
    const char *key; /* static */
    double value;
};

#define EVIDENCE_MOST 56

/* Add all figures that say something of the step to those of the finding, whose causes are named already. */
void evidence_gather(struct cause_finding *finding, const struct symptoms *symptoms);

#endif
