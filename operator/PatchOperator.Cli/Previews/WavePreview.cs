using System.Globalization;
using System.Text.Json.Serialization;

namespace PatchOperator.Cli.Previews;

/// <summary>When a wave has its turn.</summary>
/// <param name="Name">The wave's name.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="AtOnce">How many of them may be unavailable at once.</param>
/// <param name="Approval">Automatic or Manual.</param>
/// <param name="Soak">How long the next wave waits once this one has finished.</param>
/// <param name="Turns">The turns of its nodes, as far as they have any.</param>
internal sealed record WavePreview(string Name, int Nodes, int AtOnce, string Approval, string Soak, [property: JsonIgnore] IReadOnlyList<Turn> Turns)
{
    /// <summary>When its first node begins at the earliest, RFC 3339, in UTC; null where none does.</summary>
    public string? StartsAt => Turns.Count == 0 ? null : Times.Rfc3339(Turns.Min(turn => turn.StartsAt));

    /// <summary>When its last node could be done, RFC 3339, in UTC; null where none begins.</summary>
    public string? EndsAt => Turns.Count == 0 ? null : Times.Rfc3339(Turns.Max(turn => turn.EndsAt));

    /// <summary>The head of the table.</summary>
    public static string[] Head { get; } = ["WAVE", "NODES", "AT ONCE", "APPROVAL", "SOAK", "STARTS (UTC)", "ENDS (UTC)"];

    /// <summary>The row of the table.</summary>
    public string[] Cells() =>
    [
        Name, Nodes.ToString(CultureInfo.InvariantCulture), AtOnce.ToString(CultureInfo.InvariantCulture), Approval, Soak,
        Turns.Count == 0 ? "never" : Times.Utc(Turns.Min(turn => turn.StartsAt)), Turns.Count == 0 ? "" : Times.Utc(Turns.Max(turn => turn.EndsAt)),
    ];
}
