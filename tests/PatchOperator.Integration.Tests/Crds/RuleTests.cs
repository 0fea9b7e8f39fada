using System.Text.Json.Nodes;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The rules in CEL of each kind, on the server of a current Kubernetes.</summary>
[Collection(nameof(CrdServer))]
public sealed class RuleTests(CrdServer server)
{
    private static readonly Dictionary<string, RuleCase> Found = RuleCase.All.ToDictionary(rule => rule.ToString());

    public static TheoryData<string> Cases => [.. Found.Keys];

    // What people say to a run; and what stands beside no emergency, which has cases of its own.
    private static readonly string[] Said = ["approvals", "paused", "cancelled", "rollback"];

    /// <summary>Every field within what is frozen, but for the one that tells whose it is.</summary>
    public static TheoryData<string> Frozen =>
    [
        .. Within(Crd.PatchRun, "spec.").Where(path => !Said.Any(human => path.StartsWith($"patchruns spec.{human}", StringComparison.Ordinal))),
        .. Within(Crd.PatchPlan, "spec."),
        .. Within(Crd.NodePatch, "spec.operation.").Where(path => !path.EndsWith(".runUID", StringComparison.Ordinal)),
    ];

    /// <summary>So a new rule without a case does not pass.</summary>
    [Fact]
    public void Every_rule_has_cases()
    {
        var rules = Crd.All.SelectMany(crd => crd.Schema.All.SelectMany(schema => schema.Rules.Select(rule => RuleCase.Key(crd, schema.Path, rule.Message))));

        Assert.Equal(rules.Order(StringComparer.Ordinal), RuleCase.All.Select(rule => rule.Rule).Distinct().Order(StringComparer.Ordinal));
    }

    [CrdServerTheory, MemberData(nameof(Cases))]
    public async Task A_rule_takes_what_is_right_and_refuses_what_is_wrong_by_the_name_of_its_field(string name)
    {
        var rule = Found[name];

        (await Ask(rule, rule.TakesName, rule.Takes)).Taken();
        var answer = await Ask(rule, rule.RefusesName, rule.Refuses);

        Assert.False(answer.Succeeded, answer.Body.ToJsonString());
        // A rule about the object as a whole names the field in its own words: the server has no name for it.
        var named = rule.Path == "" ? rule.Message : $"{rule.Path.Replace("[]", "[0]", StringComparison.Ordinal)}: ";
        Assert.Contains(answer.Causes, cause => cause.Contains(named, StringComparison.Ordinal) && cause.EndsWith(rule.Message, StringComparison.Ordinal));
    }

    [CrdServerTheory, MemberData(nameof(Frozen))]
    public async Task Nothing_that_is_frozen_can_be_taken_out(string field)
    {
        var (plural, path) = field.Split(' ') is [var first, var second] ? (first, second) : throw new ArgumentException(field);
        var crd = Crd.All.Single(kind => kind.Plural == plural);
        var entity = (await server.Create(crd, Sample.Of(crd, ApiServerFixture.UniqueName("frozen")), dryRun: false)).Taken();
        var names = path.Replace("[]", ".0", StringComparison.Ordinal).Replace("*", "key", StringComparison.Ordinal).Split('.');
        var parent = names[..^1].Aggregate(entity, (node, name) => node is JsonArray items ? items[0]! : node[name]!);
        Assert.True(parent.AsObject().Remove(names[^1]));

        var answer = await server.Replace(crd, entity);

        Assert.False(answer.Succeeded, answer.Body.ToJsonString());
        Assert.Contains(
            answer.Causes, cause => cause.Contains("frozen", StringComparison.Ordinal) || cause.EndsWith("Required value", StringComparison.Ordinal));
    }

    /// <summary>The server stops a rule that costs too much, and refuses what it is about.</summary>
    [CrdServerFact]
    public async Task The_largest_plan_is_compared_with_itself_within_the_budget_of_a_rule()
    {
        var plan = Sample.Of(Crd.PatchPlan, ApiServerFixture.UniqueName("large"));
        plan["spec"]!["nodes"] = new JsonArray(
            [.. Enumerable.Range(0, 10_000).Select(index => new JsonObject { ["name"] = $"node-{index}.example.com", ["uid"] = $"{index}" })]);
        plan["spec"]!["updates"] = new JsonArray(
            [.. Enumerable.Range(0, 500).Select(index => new JsonObject { ["osFamily"] = "debian-12", ["architecture"] = "amd64", ["name"] = $"package-{index}", ["version"] = "1" })]);
        var created = (await server.Create(Crd.PatchPlan, plan, dryRun: false)).Taken();
        created["metadata"]!["annotations"] = new JsonObject { ["example.com/note"] = "kept" };

        (await server.Replace(Crd.PatchPlan, created)).Taken();
    }

    [CrdServerTheory]
    [InlineData("patchpolicies", "nodeSelector: {}")]
    [InlineData("patchwindows", "schedules: [{cron: 0 1 * * *}], duration: 4h")]
    [InlineData("imagebaselines", "source: {suite: bookworm}, output: {repository: registry.example.com/golden/a}")]
    public async Task Defaults_are_filled_in_as_the_descriptions_say(string plural, string least)
    {
        var crd = Crd.All.Single(kind => kind.Plural == plural);
        var entity =
            YamlText.Documents($"apiVersion: patchoperator.io/v1alpha1\nkind: {crd.Entity.Name}\nmetadata: {{name: test}}\nspec: {{{least}}}\n").Single();

        var stored = (await server.Create(crd, entity)).Taken();

        // SchemaTests compare the schema's defaults with those of the classes and those that the descriptions name.
        var spec = crd.Schema.Properties.Single(property => property.Name == "spec").Schema.FillIn(entity["spec"]!);
        Assert.True(JsonNode.DeepEquals(spec, stored["spec"]), $"{stored["spec"]}");
    }

    private static IEnumerable<string> Within(Crd crd, string prefix) => crd.Schema.All.Select(schema => schema.Path)
        .Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && !path.EndsWith("[]", StringComparison.Ordinal))
        .Select(path => $"{crd.Plural} {path}");

    private async Task<CrdServer.Answer> Ask(RuleCase rule, string name, string spec)
    {
        if (rule.Before is null)
            return await server.Create(rule.Crd, rule.Entity(name, spec));
        var entity = (await server.Create(rule.Crd, rule.Entity(ApiServerFixture.UniqueName("rule"), rule.Before), dryRun: false)).Taken();
        entity["spec"] = rule.Entity(name, spec)["spec"]!.DeepClone();
        return await server.Replace(rule.Crd, entity);
    }
}
