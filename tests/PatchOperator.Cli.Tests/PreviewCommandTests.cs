using System.Text.Json.Nodes;

namespace PatchOperator.Cli.Tests;

public class PreviewCommandTests
{
    private const string Nightly = """
        apiVersion: patchoperator.io/v1alpha1
        kind: PatchWindow
        metadata:
          name: nightly
        spec:
          schedules:
            - cron: 0 23 * * *
          duration: 1h
          cutoff: 15m
          timeZone: Europe/Berlin
        """;

    private const string Workers = $$"""
        {{Nightly}}
        ---
        apiVersion: patchoperator.io/v1alpha1
        kind: PatchPolicy
        metadata:
          name: workers
        spec:
          nodeSelector:
            matchLabels: {role: worker}
          windows: [nightly]
          rollout:
            maxUnavailable: 2
            waves:
              - name: canary
                size: 1
                soak: 30m
        """;

    private const string Nodes = """
        apiVersion: v1
        kind: List
        items:
          - {kind: Node, apiVersion: v1, metadata: {name: a, labels: {role: worker, topology.kubernetes.io/zone: eu-1}}}
          - {kind: Node, apiVersion: v1, metadata: {name: b, labels: {role: worker, topology.kubernetes.io/zone: eu-2}}}
          - {kind: Node, apiVersion: v1, metadata: {name: c, labels: {role: worker, topology.kubernetes.io/zone: eu-1}}}
          - {kind: Node, apiVersion: v1, metadata: {name: d, labels: {role: worker, topology.kubernetes.io/zone: eu-2}}}
          - {kind: Node, apiVersion: v1, metadata: {name: other}}
        """;

    [Fact]
    public void Nodes_are_told_in_order_with_their_waves_and_when_each_could_start()
    {
        var run = Run.Of("preview -f {p.yaml} --nodes {nodes.yaml}", ("p.yaml", Workers), ("nodes.yaml", Nodes));

        Assert.Equal(
            """
            PatchPolicy workers: 4 of its 4 nodes need patching
            now:         4 nodes need patching and wait for a window
            at once:     2 unavailable at most
            each takes:  15m, which is a guess: see --time-per-node
            in all:      2026-11-20 22:00 to 2026-11-21 22:30 UTC
            if:          4 nodes that were never scanned need patching; every node can be drained, and none fails

            WAVE     NODES   AT ONCE   APPROVAL    SOAK   STARTS (UTC)       ENDS (UTC)
            canary   1       1         Automatic   30m    2026-11-20 22:00   2026-11-20 22:15
            rest     3       2         Automatic   0s     2026-11-21 22:00   2026-11-21 22:30

            NODE   WAVE     ZONE   WINDOW    STARTS (UTC)       ENDS (UTC)         STARTS (LOCAL)         TIMEZONE        NOTE
            a      canary   eu-1   nightly   2026-11-20 22:00   2026-11-20 22:15   Fri 2026-11-20 23:00   Europe/Berlin
            b      rest     eu-2   nightly   2026-11-21 22:00   2026-11-21 22:15   Sat 2026-11-21 23:00   Europe/Berlin
            c      rest     eu-1   nightly   2026-11-21 22:00   2026-11-21 22:15   Sat 2026-11-21 23:00   Europe/Berlin
            d      rest     eu-2   nightly   2026-11-21 22:15   2026-11-21 22:30   Sat 2026-11-21 23:15   Europe/Berlin

            """,
            run.Written);
        Assert.Equal((0, ""), (run.ExitCode, run.Said));
    }

    [Fact]
    public void As_json_each_policy_has_the_same_names()
    {
        var run = Run.Of("preview -f {p.yaml} --nodes {nodes.yaml} -o json", ("p.yaml", Workers), ("nodes.yaml", Nodes));

        var policy = Assert.Single(JsonNode.Parse(run.Written)!.AsArray())!.AsObject();
        Assert.Equal(
            ["policy", "matched", "now", "approval", "atOnce", "timePerNode", "timePerNodeSource", "startsAt", "endsAt", "assumed", "waves", "nodes", "updates"],
            policy.Select(field => field.Key));
        Assert.Equal(("2026-11-20T22:00:00Z", "2026-11-21T22:30:00Z"), ((string)policy["startsAt"]!, (string)policy["endsAt"]!));
        Assert.Equal(["name", "nodes", "atOnce", "approval", "soak", "startsAt", "endsAt"], policy["waves"]![0]!.AsObject().Select(field => field.Key));
        Assert.Equal(
            ["name", "wave", "zone", "timeZone", "note", "window", "startsAt", "endsAt"], policy["nodes"]![0]!.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData("--time-per-node 1h", "a 22:00, b 22:00 +1, c 22:00 +1, d 22:00 +2")]
    [InlineData("--time-per-node 5m", "a 22:00, b 22:35, c 22:35, d 22:40")]
    [InlineData("--time-per-node 5m --max-unavailable 1", "a 22:00, b 22:35, c 22:40, d 22:00 +1")]
    [InlineData("--time-per-node 5m --from 2026-11-20T22:40Z", "a 22:40, b 22:00 +1, c 22:00 +1, d 22:05 +1")]
    public void How_long_each_takes_and_what_the_cluster_allows_decide(string options, string starts) =>
        Assert.Equal(starts, Starts($"{options} ", Workers, Nodes));

    [Fact]
    public void One_zone_at_a_time_and_one_node_of_the_control_plane_as_the_operator_does_it()
    {
        const string Nodes = """
            kind: List
            items:
              - {kind: Node, metadata: {name: a, labels: {node-role.kubernetes.io/control-plane: "", topology.kubernetes.io/zone: z1}}}
              - {kind: Node, metadata: {name: b, labels: {node-role.kubernetes.io/control-plane: "", topology.kubernetes.io/zone: z1}}}
              - {kind: Node, metadata: {name: c, labels: {topology.kubernetes.io/zone: z2}}}
              - {kind: Node, metadata: {name: d, labels: {topology.kubernetes.io/zone: z1}}}
              - {kind: Node, metadata: {name: e, labels: {topology.kubernetes.io/zone: z2}}}
            """;

        Assert.Equal("d 22:00, c 22:05, e 22:05, a 22:00, b 22:10", Starts("--time-per-node 5m ", Policy("maxUnavailable: 3, topologyKey: topology.kubernetes.io/zone"), Nodes));
    }

    [Fact]
    public void By_the_local_time_of_nodes_each_starts_in_its_own_zone()
    {
        var everywhere = Policy("maxUnavailable: 5").Replace("duration: 1h", "duration: 1h\n  timing: NodeLocal", StringComparison.Ordinal);
        const string Nodes = """
            kind: List
            items:
              - {kind: Node, metadata: {name: berlin}}
              - {kind: Node, metadata: {name: lost, annotations: {patchoperator.io/time-zone: Asia/Tokio}}}
              - {kind: Node, metadata: {name: tokyo, annotations: {patchoperator.io/time-zone: Asia/Tokyo}}}
            """;
        var nodes = PreviewOf("", everywhere, Nodes)["nodes"]!.AsArray();

        Assert.Equal(
            ["berlin 2026-11-20T22:00:00Z ", "tokyo 2026-11-20T14:00:00Z ", "lost  annotation patchoperator.io/time-zone: \"Asia/Tokio\" is not a known IANA time zone; the closest is Asia/Tokyo"],
            nodes.Select(node => $"{node!["name"]} {node["startsAt"]} {node["note"]}"));
    }

    public static TheoryData<string, string, string> Hindrances => new()
    {
        { "{kind: Node, metadata: {name: a}}", "suspend: true", "suspended; 1 nodes need patching" },
        { "{kind: Node, metadata: {name: a}}", "windows: []", "1 nodes need patching, but spec.windows is empty: nodes are only scanned" },
        { "{kind: Node, metadata: {name: a}, status: {conditions: [{type: Ready, status: \"False\"}]}}", "priority: 1", "not Ready" },
        { "{kind: Node, metadata: {name: a}, spec: {taints: [{key: ToBeDeletedByClusterAutoscaler}]}}", "priority: 1", "is being removed" },
    };

    [Theory, MemberData(nameof(Hindrances))]
    public void What_keeps_a_node_back_is_told(string node, string field, string note)
    {
        var policy = Policy("maxUnavailable: 1", field);

        var found = PreviewOf("--from 2026-11-20T22:00Z ", policy, node)["nodes"]![0]!;

        Assert.Equal((null, note), ((string?)found["startsAt"], (string?)found["note"]));
    }

    [Fact]
    public void A_node_that_somebody_has_cordoned_keeps_its_slot()
    {
        const string Nodes = "{kind: List, items: [{kind: Node, metadata: {name: a}, spec: {unschedulable: true}}, {kind: Node, metadata: {name: b}}]}";
        var nodes = PreviewOf("", Policy("maxUnavailable: 1"), Nodes)["nodes"]!.AsArray();

        Assert.Equal(
            ["a 2026-11-20T22:00:00Z cordoned by a person, and stays so", "b  no slot is free: maxUnavailable is 1 and these are unavailable: a (cordoned)"],
            nodes.Select(node => $"{node!["name"]} {node["startsAt"]} {node["note"]}"));
    }

    [Fact]
    public void A_freeze_of_the_file_is_waited_for()
    {
        const string Freeze = """

            ---
            apiVersion: patchoperator.io/v1alpha1
            kind: PatchWindow
            metadata: {name: freeze}
            spec: {effect: Blackout, schedules: [{at: 2026-11-20T10:00}], duration: 2d}
            """;
        var found = PreviewOf("", Policy("maxUnavailable: 1") + Freeze, "{kind: Node, metadata: {name: a}}");

        Assert.Equal("blackout 'freeze' lasts until 2026-11-22 10:00 UTC; 1 nodes need patching and wait", (string)found["now"]!);
        Assert.Equal("2026-11-22T22:00:00Z", (string)found["startsAt"]!);
    }

    [Fact]
    public void What_people_and_checks_are_asked_is_taken_for_granted_and_said()
    {
        var policy = Policy("approval: Manual, waves: [{name: canary, size: 1}, {name: db, size: 1, approval: Manual, checks: [api]}]", """
            healthChecks: [{name: api, object: {apiVersion: apps/v1, kind: Deployment, namespace: shop, name: api, condition: Available}}]
              hooks: {beforeRun: {image: "registry.example.com/tell:1"}, afterPatch: {image: "registry.example.com/tell:1"}}
            """);
        var found = PreviewOf("", policy, "{kind: List, items: [{kind: Node, metadata: {name: a}}, {kind: Node, metadata: {name: b}}]}");

        Assert.Equal(
            [
                "2 nodes that were never scanned need patching", "the plan is approved at once", "waves that ask for it are approved at once: db", "health checks pass: api",
                "hooks succeed, and take no time of their own", "every node can be drained, and none fails",
            ],
            found["assumed"]!.AsArray().Select(text => (string)text!));
        Assert.Equal(("Manual", "Automatic", "Manual"), ((string)found["approval"]!, (string)found["waves"]![0]!["approval"]!, (string)found["waves"]![1]!["approval"]!));
        Assert.Equal("2026-11-20T22:15:00Z", (string)found["nodes"]![1]!["startsAt"]!);
    }

    [Fact]
    public void A_node_belongs_to_one_policy_of_the_file()
    {
        var other = Policy("maxUnavailable: 1", "priority: 1").Split("---\n")[1].Replace("name: test", "name: all", StringComparison.Ordinal);
        var run = Run.Of("preview -f {p.yaml} -f {q.yaml} --nodes {n.yaml}", ("p.yaml", Policy("maxUnavailable: 1")), ("q.yaml", other), ("n.yaml", "{kind: Node, metadata: {name: a}}"));

        Assert.Contains("PatchPolicy all: 1 of its 1 nodes need patching\n", run.Written, StringComparison.Ordinal);
        Assert.Contains(
            "now:         the 1 nodes that spec.nodeSelector matches belong to policies of a higher priority, or older ones\n", run.Written, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_nodes_a_policy_is_checked_and_it_is_said() =>
        Assert.Equal((0, "no nodes are known: give --nodes\n"), (Run.Of("preview -f {p.yaml}", ("p.yaml", Workers)) is var run ? run.ExitCode : 1, run.Said));

    public static TheoryData<string, string> Mistakes => new()
    {
        { Workers.Replace("[nightly]", "[nightly, daily]", StringComparison.Ordinal), "p.yaml:19: PatchPolicy workers: spec.windows[1]: there is no PatchWindow 'daily'\n" },
        {
            Workers.Replace("maxUnavailable: 2", "maxUnavailable: none", StringComparison.Ordinal),
            "p.yaml:21: PatchPolicy workers: spec.rollout.maxUnavailable: 'none' is neither a number from 1 nor a share from 1% to 100%\n"
        },
        { Workers.Replace("soak: 30m", "sock: 30m", StringComparison.Ordinal), "p.yaml:25: PatchPolicy workers: spec.rollout.waves[0].sock: is not a field that there is\n" },
        {
            Workers.Replace("soak: 30m", "soak: soon", StringComparison.Ordinal),
            "p.yaml:25: PatchPolicy workers: spec.rollout.waves[0].soak: 'soon' is not a duration such as 24h or 0s\n"
        },
        {
            Workers.Replace("cutoff: 15m", "cutoff: 2h", StringComparison.Ordinal),
            "p.yaml:9: PatchWindow nightly: spec.cutoff: must be shorter than the duration, which is 1h\n"
            + "p.yaml:19: PatchPolicy workers: spec.windows[0]: PatchWindow 'nightly' is invalid: see its Ready condition\n"
        },
        { Workers + "\n---\n" + Workers.Split("---\n")[1], "p.yaml:30: PatchPolicy workers: metadata.name: there is another PatchPolicy of that name\n" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_file_line_and_field(string text, string says)
    {
        var run = Run.Of("preview -f {p.yaml} --nodes {n.yaml}", ("p.yaml", text), ("n.yaml", Nodes));

        Assert.Equal((1, "", says), (run.ExitCode, run.Written, run.Said));
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("preview -f {p.yaml} --time-per-node soon")]
    [InlineData("preview -f {p.yaml} --time-per-node 0s")]
    [InlineData("preview -f {p.yaml} --max-unavailable none")]
    [InlineData("preview -f {p.yaml} --from yesterday")]
    [InlineData("preview -f {p.yaml} -o xml")]
    [InlineData("preview -f {p.yaml} --nodes /nowhere/at/all.yaml")]
    // Nothing is there to read a cluster with.
    [InlineData("preview -f {p.yaml} --kubeconfig config")]
    public void What_cannot_be_done_ends_with_another_code_than_0(string line)
    {
        var run = Run.Of(line, ("p.yaml", Workers));

        Assert.NotEqual(0, run.ExitCode);
        Assert.NotEmpty(run.Said);
    }

    // Nodes in order, with the time in UTC, and how many days later than the first.
    private static string Starts(string options, string file, string nodes)
    {
        var starts = PreviewOf(options, file, nodes)["nodes"]!.AsArray().Select(node => ((string)node!["name"]!, At: DateTimeOffset.Parse((string)node["startsAt"]!, null))).ToList();
        return string.Join(", ", starts.Select(node =>
            $"{node.Item1} {node.At.UtcDateTime:HH:mm}{((node.At.UtcDateTime.Date - starts[0].At.UtcDateTime.Date).Days is var days and > 0 ? $" +{days}" : "")}"));
    }

    private static JsonNode PreviewOf(string options, string file, string nodes)
    {
        var run = Run.Of($"preview -f {{p.yaml}} --nodes {{n.yaml}} {options}-o json", ("p.yaml", file), ("n.yaml", nodes));
        Assert.Equal((0, ""), (run.ExitCode, run.Said));
        return Assert.Single(JsonNode.Parse(run.Written)!.AsArray())!;
    }

    private static string Policy(string rollout, string field = "priority: 0") => $$"""
        {{Nightly}}
        ---
        apiVersion: patchoperator.io/v1alpha1
        kind: PatchPolicy
        metadata: {name: test}
        spec:
          nodeSelector: {}
          {{(field.StartsWith("windows", StringComparison.Ordinal) ? "" : "windows: [nightly]")}}
          {{field}}
          rollout: { {{rollout}} }
        """;
}
