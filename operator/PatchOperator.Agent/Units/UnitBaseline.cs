using System.Globalization;

namespace PatchOperator.Agent.Units;

/// <summary>The units of a host before an operation.</summary>
/// <param name="Uptime">How long the host had been up.</param>
/// <param name="Units">The units.</param>
internal sealed record UnitBaseline(TimeSpan Uptime, IReadOnlyList<HostUnit> Units)
{
    /// <summary>As it is kept on the host: the uptime, and what systemd said.</summary>
    public static string Format(TimeSpan uptime, string shown) => string.Create(CultureInfo.InvariantCulture, $"{uptime.TotalSeconds:F3}\n\n{shown}");

    /// <summary>What <see cref="Format"/> has made.</summary>
    public static UnitBaseline Parse(string text) =>
        new(TimeSpan.FromSeconds(double.Parse(text[..text.IndexOf('\n', StringComparison.Ordinal)], CultureInfo.InvariantCulture)), UnitList.Parse(text));
}
