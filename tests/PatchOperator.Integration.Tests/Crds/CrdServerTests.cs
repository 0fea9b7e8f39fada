using System.Text.Json.Nodes;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The CustomResourceDefinitions and the samples on the server of a current Kubernetes, which enforces all that they say.</summary>
[Collection(nameof(CrdServer))]
public sealed class CrdServerTests(CrdServer server)
{
    public static TheoryData<string> Kinds => [.. Crd.All.Select(crd => crd.Plural)];

    public static TheoryData<string> WithStatus => [.. Crd.All.Where(crd => crd.HasStatus).Select(crd => crd.Plural)];

    public static TheoryData<string> Files => [.. Samples.Files];

    /// <summary>What people look up.</summary>
    public static TheoryData<string> Explained => [.. Crd.All.SelectMany(crd => crd.Schema.Properties.Select(property => $"{crd.Plural}.{property.Name}")),
        "patchpolicies.spec.rollout.maxUnavailable", "patchpolicies.status.nodes", "patchwindows.spec.schedules.cron", "patchplans.spec.settings.drain",
        "patchruns.status.progress", "nodepatches.spec.operation.updates", "nodepatches.status.compliance", "imagebaselines.spec.output.repository",
        "imagebaselines.spec.nodes.identifyBy", "imagebaselines.status.current"];

    [CrdServerTheory, MemberData(nameof(Kinds))]
    public async Task A_definition_is_taken_without_a_warning_and_established(string plural)
    {
        server.Definitions[plural].Taken();

        var stored = (await server.Get($"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.patchoperator.io")).Taken();

        var conditions = stored["status"]!["conditions"]!.AsArray().Select(condition => $"{condition!["type"]}={condition["status"]}").Order();
        Assert.Equal(["Established=True", "NamesAccepted=True"], conditions);
    }

    [CrdServerTheory, MemberData(nameof(Files))]
    public async Task A_sample_is_taken_without_a_warning(string file)
    {
        foreach (var entity in Samples.In(file))
            (await server.Create(Crd.All.Single(crd => crd.Entity.Name == entity["kind"]!.ToString()), entity)).Taken();
    }

    [CrdServerTheory, MemberData(nameof(Explained))]
    public async Task kubectl_explains_a_field_in_the_words_of_its_description(string field)
    {
        var answer = await server.Kubectl(["explain", field]);

        var explained = string.Join(' ', answer.Succeeded().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(Find(field).Description!, explained, StringComparison.Ordinal);
    }

    [CrdServerTheory, MemberData(nameof(Kinds))]
    public async Task kubectl_shows_the_columns(string plural)
    {
        var crd = Crd.All.Single(kind => kind.Plural == plural);
        var name = ApiServerFixture.UniqueName("column");
        (await server.Create(crd, Sample.Of(crd, name), dryRun: false)).Taken();

        var narrow = await server.Kubectl(["get", plural, name]);
        var wide = await server.Kubectl(["get", crd.ShortName, name, "--output=wide"]);

        Assert.Equal(Headings(crd, wide: false), Headings(narrow));
        Assert.Equal(Headings(crd, wide: true), Headings(wide));
    }

    [CrdServerTheory, MemberData(nameof(WithStatus))]
    public async Task What_the_operator_writes_is_ignored_on_create_and_what_people_write_is_ignored_with_the_status(string plural)
    {
        var crd = Crd.All.Single(kind => kind.Plural == plural);
        var entity = Sample.Of(crd, ApiServerFixture.UniqueName("status"));
        entity["status"] = new JsonObject { ["observedGeneration"] = 7 };

        var created = (await server.Create(crd, entity, dryRun: false)).Taken();
        // -1 is the default of a status that is not there: nobody has looked at the object.
        Assert.Equal("""{"observedGeneration":-1}""", created["status"]!.ToJsonString());

        created["status"]!["observedGeneration"] = 1;
        var spec = created["spec"]!.DeepClone();
        created["spec"] = new JsonObject();
        var replaced = (await server.Replace(crd, created, "/status")).Taken();
        Assert.Equal(1, replaced["status"]!["observedGeneration"]!.GetValue<int>());
        Assert.True(JsonNode.DeepEquals(spec, replaced["spec"]), replaced["spec"]!.ToJsonString());
    }

    [CrdServerFact]
    public async Task A_field_that_is_misspelt_is_refused_by_name()
    {
        var policy = Sample.Of(Crd.PatchPolicy, "test");
        policy["spec"]!["drain"] = new JsonObject { ["timeOut"] = "1h" };

        var answer = await server.Create(Crd.PatchPolicy, policy);

        Assert.False(answer.Succeeded);
        Assert.Contains("unknown field \"spec.drain.timeOut\"", answer.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Headings(Crd crd, bool wide) => crd.Version["additionalPrinterColumns"]!.AsArray()
        .Where(column => wide || column!["priority"] is null)
        .Select(column => column!["name"]!.GetValue<string>().ToUpperInvariant())
        .Prepend("NAME");

    private static string[] Headings(Command get) => get.Succeeded().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Schema Find(string field)
    {
        var names = field.Split('.');
        return names[1..].Aggregate(Crd.All.Single(crd => crd.Plural == names[0]).Schema, (schema, name) =>
            (schema.Items ?? schema).Properties.Single(property => property.Name == name).Schema);
    }
}
