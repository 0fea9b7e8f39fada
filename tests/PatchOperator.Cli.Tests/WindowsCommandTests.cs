using System.Text.Json.Nodes;

namespace PatchOperator.Cli.Tests;

public class WindowsCommandTests
{
    private const string Nightly = """
        apiVersion: patchoperator.io/v1alpha1
        kind: PatchWindow
        metadata:
          name: nightly
        spec:
          schedules:
            - cron: 0 23 * * *
          duration: 4h
          cutoff: 45m
          timeZone: Europe/Berlin
        """;

    private const string Everywhere = """
        apiVersion: patchoperator.io/v1alpha1
        kind: PatchWindow
        metadata: {name: everywhere}
        spec:
          schedules: [{cron: 0 23 * * *}]
          duration: 4h
          timing: NodeLocal
          timeZone: Europe/Berlin
          zoneMap:
            - {topologyRegion: jp, timeZone: Asia/Tokyo}
            - {topologyZone: us-1, timeZone: US/Eastern}
        """;

    private const string Nodes = """
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: Node, metadata: {name: t, labels: {topology.kubernetes.io/region: jp}}}
          - {apiVersion: v1, kind: Node, metadata: {name: k, labels: {topology.kubernetes.io/region: jp}, annotations: {patchoperator.io/time-zone: Asia/Kolkata}}}
          - {apiVersion: v1, kind: Node, metadata: {name: x, annotations: {patchoperator.io/time-zone: Asia/Tokio}}}
        """;

    [Fact]
    public void Openings_are_told_in_UTC_and_in_local_time()
    {
        var run = Run.Of("windows -f {a.yaml} --from 2026-03-28T12:00 --count 2", ("a.yaml", Nightly));

        Assert.Equal(
            """
            WINDOW    TIMEZONE        OPENS (UTC)        CLOSES (UTC)       OPENS (LOCAL)          CLOSES (LOCAL)         NOTE
            nightly   Europe/Berlin   2026-03-28 22:00   2026-03-29 02:00   Sat 2026-03-28 23:00   Sun 2026-03-29 04:00
            nightly   Europe/Berlin   2026-03-29 21:00   2026-03-30 01:00   Sun 2026-03-29 23:00   Mon 2026-03-30 03:00

            """,
            run.Written);
        Assert.Equal((0, ""), (run.ExitCode, run.Said));
    }

    [Fact]
    public void Without_a_time_they_are_told_from_now_on_and_an_opening_that_lasts_is_one_of_them()
    {
        Assert.Equal(["2026-11-20T22:00:00Z", "2026-11-21T22:00:00Z"], Opens(Run.Of("windows -f {a.yaml} -o json", ("a.yaml", Nightly))).Take(2));
        Assert.Equal("2026-11-20T22:00:00Z", Opens(Run.Of("windows -f {a.yaml} -o json --from 2026-11-21T01:59+00:00", ("a.yaml", Nightly)))[0]);
        Assert.Equal(12, Opens(Run.Of("windows -f {a.yaml} -o json --count 12", ("a.yaml", Nightly))).Count);
    }

    [Fact]
    public void As_json_each_has_the_same_names()
    {
        var run = Run.Of("windows -f {a.yaml} -o json --count 1 --from 2026-12-20T12:00", ("a.yaml", Nightly + "\n  blackouts: [{name: holidays, from: 12-20, to: 01-06}]\n"));

        var opening = Assert.Single(JsonNode.Parse(run.Written)!.AsArray())!.AsObject();
        Assert.Equal(["window", "timeZone", "note", "opensAt", "closesAt"], opening.Select(field => field.Key));
        Assert.Equal(("nightly", "Europe/Berlin", "2027-01-06T23:00:00Z", "2027-01-07T02:00:00Z"),
            ((string)opening["window"]!, (string)opening["timeZone"]!, (string)opening["opensAt"]!, (string)opening["closesAt"]!));
        Assert.Equal("cut: opens as blackout 'holidays' ends", (string)opening["note"]!);
    }

    [Fact]
    public void By_the_local_time_of_nodes_there_are_openings_in_each_of_their_zones()
    {
        var run = Run.Of("windows -f {a.yaml} --nodes {nodes.yaml} --count 1", ("a.yaml", Everywhere), ("nodes.yaml", Nodes));

        Assert.Equal(
            ["everywhere Asia/Kolkata 2026-11-20 17:30", "everywhere Asia/Tokyo 2026-11-20 14:00"],
            run.Written.Split('\n')[1..^1].Select(line => string.Join(' ', line.Split("   ")[..3].Select(cell => cell.Trim()))));
        Assert.Equal(
            "PatchWindow everywhere never opens for node x: annotation patchoperator.io/time-zone: \"Asia/Tokio\" is not a known IANA time zone; the closest is Asia/Tokyo\n",
            run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Without_nodes_the_zones_are_those_that_the_window_names() =>
        Assert.Equal(
            ["Asia/Tokyo", "America/New_York", "Europe/Berlin"],
            JsonNode.Parse(Run.Of("windows -f {a.yaml} -o json --count 1", ("a.yaml", Everywhere)).Written)!.AsArray().Select(opening => (string)opening!["timeZone"]!));

    [Fact]
    public void Nodes_may_be_JSON() =>
        Assert.Equal(
            ["2026-11-20T14:00:00Z"],
            Opens(Run.Of(
                "windows -f {a.yaml} --nodes {nodes.json} -o json --count 1",
                ("a.yaml", Everywhere),
                ("nodes.json", """{"kind": "List", "apiVersion": "v1", "items": [{"kind": "Node", "metadata": {"name": "t", "labels": {"topology.kubernetes.io/region": "jp"}}}]}"""))));

    [Fact]
    public void Several_documents_and_lists_are_read_and_other_kinds_are_left_out_and_said()
    {
        var list = $$$"""
            kind: List
            items:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
              - {apiVersion: patchoperator.io/v1alpha1, kind: PatchWindow, metadata: {name: once}, spec: {schedules: [{at: 2026-12-24T22:00}], duration: 1h}}
            ---
            {{{Nightly}}}
            ---
            """;
        var run = Run.Of("windows -f {a.yaml} -f {b.yaml} -o json --count 1", ("a.yaml", list), ("b.yaml", Everywhere));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["everywhere", "nightly", "once"], JsonNode.Parse(run.Written)!.AsArray().Select(opening => (string)opening!["window"]!).Distinct());
        Assert.Equal("ignored: 1 of kind ConfigMap\n", run.Said);
    }

    [Fact]
    public void A_freeze_of_every_policy_closes_the_other_windows_of_the_file()
    {
        const string Freeze = """
            ---
            apiVersion: patchoperator.io/v1alpha1
            kind: PatchWindow
            metadata: {name: freeze}
            spec: {effect: Blackout, schedules: [{at: 2026-11-20T23:00}], duration: 1d}
            """;
        var run = Run.Of("windows -f {a.yaml} -o json --count 1", ("a.yaml", Nightly + "\n" + Freeze));

        Assert.Equal(
            ["blackout: the windows of every policy are closed", "cut: closes as blackout 'freeze' begins"],
            JsonNode.Parse(run.Written)!.AsArray().Select(opening => (string)opening!["note"]!));
    }

    [Fact]
    public void A_window_that_does_not_open_any_more_or_is_suspended_is_said()
    {
        Assert.Equal(
            "PatchWindow nightly is suspended: it opens once spec.suspend is taken back\n", Run.Of("windows -f {a.yaml}", ("a.yaml", Nightly + "\n  suspend: true\n")).Said);
        Assert.Equal(
            "PatchWindow nightly does not open again after 2026-11-20 12:00 UTC in Europe/Berlin\n",
            Run.Of("windows -f {a.yaml}", ("a.yaml", Nightly + "\n  validUntil: 2026-01-01T00:00\n")).Said);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { Nightly.Replace("0 23", "61 23", StringComparison.Ordinal), "a.yaml:7: PatchWindow nightly: spec.schedules[0].cron: minute: 61 is not between 0 and 59\n" },
        { Nightly.Replace("45m", "5h", StringComparison.Ordinal), "a.yaml:9: PatchWindow nightly: spec.cutoff: must be shorter than the duration, which is 4h\n" },
        { Nightly.Replace("  duration: 4h\n", "", StringComparison.Ordinal), "a.yaml:5: PatchWindow nightly: spec.duration: \"\" is not a duration such as 4h or 1d12h\n" },
        { Nightly.Replace("cutoff", "cuttoff", StringComparison.Ordinal), "a.yaml:9: PatchWindow nightly: spec.cuttoff: is not a field that there is\n" },
        { Nightly.Replace("- cron", "- crom", StringComparison.Ordinal), "a.yaml:7: PatchWindow nightly: spec.schedules[0].crom: is not a field that there is\n" },
        { Nightly.Replace("4h", "4", StringComparison.Ordinal), "a.yaml:8: PatchWindow nightly: spec.duration: must be a text: write it in quotes\n" },
        { Nightly + "\n  suspend: perhaps", "a.yaml:11: PatchWindow nightly: spec.suspend: must be true or false\n" },
        { Nightly + "\n  effect: Deny", "a.yaml:11: PatchWindow nightly: spec.effect: must be one of Allow, Blackout\n" },
        { Nightly + "\n  blackouts: none", "a.yaml:11: PatchWindow nightly: spec.blackouts: must be a list\n" },
        { "kind: PatchWindow\napiVersion: patchoperator.io/v1alpha1\nmetadata: {name: a}", "a.yaml:1: PatchWindow a: spec: must be given\n" },
        { Nightly + "\n---\n" + Nightly, "a.yaml:15: PatchWindow nightly: metadata.name: there is another PatchWindow of that name\n" },
        { "- a\n- b", "a.yaml:1: is not an object with kind, metadata and spec\n" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_file_line_and_field(string text, string says)
    {
        var run = Run.Of("windows -f {a.yaml}", ("a.yaml", text));

        Assert.Equal((1, "", says), (run.ExitCode, run.Written, run.Said));
    }

    [Fact]
    public void Of_what_is_no_YAML_the_line_is_told()
    {
        var run = Run.Of("windows -f {a.yaml}", ("a.yaml", "kind: PatchWindow\nspec: {schedules: [\n"));

        Assert.Equal((1, ""), (run.ExitCode, run.Written));
        Assert.StartsWith("a.yaml:3: ", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows")]
    [InlineData("windows -f /nowhere/at/all.yaml")]
    [InlineData("windows -f {a.yaml} --from yesterday")]
    [InlineData("windows -f {a.yaml} --count 0")]
    [InlineData("windows -f {a.yaml} -o xml")]
    [InlineData("windows -f {a.yaml} --nodes /nowhere/at/all.yaml")]
    public void What_cannot_be_done_ends_with_another_code_than_0(string line)
    {
        var run = Run.Of(line, ("a.yaml", Nightly));

        Assert.NotEqual(0, run.ExitCode);
        Assert.NotEmpty(run.Said);
    }

    private static IReadOnlyList<string> Opens(Run run) => [.. JsonNode.Parse(run.Written)!.AsArray().Select(opening => (string)opening!["opensAt"]!)];
}
