using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>The policy that a run carries out, as it was when the run was made.</summary>
public sealed record PolicyReference
{
    public string Name { get; init; } = "";

    [JsonPropertyName("uid")]
    public string Uid { get; init; } = "";

    public long Generation { get; init; }

    /// <summary>
    /// Who had written that generation, as its <see cref="ApiGroup.AuthorAnnotation"/> said; of a run that a person has made for a rollback that person, as the
    /// run says. Absent where they did not say.
    /// </summary>
    public string? Author { get; init; }
}
