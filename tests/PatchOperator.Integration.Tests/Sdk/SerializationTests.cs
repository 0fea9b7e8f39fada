using System.Text.Json;
using k8s;
using k8s.Models;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>JSON as the API server wants it.</summary>
public sealed class SerializationTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Names_are_camel_case_and_nulls_are_left_out() =>
        Assert.Equal(
            """{"hostPID":true,"containers":[],"restartPolicy":"Never"}""",
            Sorted(new V1PodSpec { Containers = [], HostPID = true, RestartPolicy = "Never" }, "hostPID", "containers", "restartPolicy"));

    [Fact]
    public void Words_of_the_language_have_names_of_their_own() =>
        Assert.Equal("""{"namespace":"a"}""", KubernetesJson.Serialize(new V1ObjectMeta { NamespaceProperty = "a" }));

    [Fact]
    public void Times_with_a_fraction_have_six_digits() =>
        Assert.Equal(
            """{"renewTime":"2024-02-29T12:00:00.123456Z"}""",
            KubernetesJson.Serialize(new V1LeaseSpec { RenewTime = Noon.AddTicks(1234567) }));

    [Theory]
    [InlineData("2024-02-29T12:00:00Z", 0)]
    [InlineData("2024-02-29T14:00:00+02:00", 0)]
    [InlineData("2024-02-29T12:00:00.123456Z", 1234560)]
    [InlineData("2024-02-29T12:00:00.123456789Z", 1234567)]
    public void Times_are_read_in_every_form(string text, long ticks)
    {
        var meta = KubernetesJson.Deserialize<V1ObjectMeta>($$"""{"creationTimestamp":"{{text}}"}""");

        Assert.Equal(Noon.AddTicks(ticks), meta.CreationTimestamp);
        Assert.Equal(DateTimeKind.Utc, meta.CreationTimestamp!.Value.Kind);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("\"25%\"", "25%")]
    [InlineData("\"5\"", "5")]
    public void Numbers_and_text_are_both_read(string json, string value) =>
        Assert.Equal(value, KubernetesJson.Deserialize<V1PodDisruptionBudgetSpec>($$"""{"minAvailable":{{json}}}""").MinAvailable.Value);

    [Fact]
    public void A_number_stays_a_number_and_a_percentage_text()
    {
        Assert.Equal("""{"minAvailable":5}""", KubernetesJson.Serialize(new V1PodDisruptionBudgetSpec { MinAvailable = 5 }));
        Assert.Equal("""{"minAvailable":"25%"}""", KubernetesJson.Serialize(new V1PodDisruptionBudgetSpec { MinAvailable = "25%" }));
    }

    [Theory]
    [InlineData("1Gi", 1073741824)]
    [InlineData("1500m", 1.5)]
    [InlineData("2k", 2000)]
    [InlineData("1e3", 1000)]
    [InlineData("0.5", 0.5)]
    public void Quantities_are_amounts(string text, double amount) => Assert.Equal((decimal)amount, new ResourceQuantity(text).ToDecimal());

    [Fact]
    public void Quantities_are_equal_when_the_amounts_are() => Assert.True(new ResourceQuantity("1000m") == new ResourceQuantity("1"));

    [Fact]
    public void A_patch_is_its_content()
    {
        Assert.Equal("[1]", KubernetesJson.Serialize(new V1Patch("[1]", V1Patch.PatchType.JsonPatch)));
        Assert.Equal("""{"a":1}""", KubernetesJson.Serialize(new V1Patch(new { a = 1 }, V1Patch.PatchType.MergePatch)));
    }

    [Fact]
    public void The_types_of_others_are_read_and_written_too()
    {
        var widget = Widget.Named("a", "b", size: 3);
        widget.Status.Since = new DateTimeOffset(Noon);

        var copy = KubernetesJson.Deserialize<Widget>(KubernetesJson.Serialize(widget));

        Assert.Equal(3, copy.Spec.Size);
        Assert.Equal(widget.Status.Since, copy.Status.Since);
        Assert.Contains("\"since\":\"2024-02-29T12:00:00Z\"", KubernetesJson.Serialize(widget), StringComparison.Ordinal);
    }

    private static string Sorted(object value, params string[] order)
    {
        var root = JsonDocument.Parse(KubernetesJson.Serialize(value)).RootElement;
        Assert.Equal(order.Order(StringComparer.Ordinal), root.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        return $"{{{string.Join(',', order.Select(name => $"\"{name}\":{root.GetProperty(name).GetRawText()}"))}}}";
    }
}
