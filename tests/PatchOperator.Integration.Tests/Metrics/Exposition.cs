using System.Globalization;
using System.Text.RegularExpressions;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>What <c>/metrics</c> answers, read by its format: strictly, as a line that is none fails.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, string> types = [];
    private readonly List<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> samples = [];

    public Exposition(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Read(line);
    }

    /// <summary>The type of each metric by its name.</summary>
    public IReadOnlyDictionary<string, string> Types => types;

    /// <summary>The names of the series, those of a histogram in parts, each with the names of its labels.</summary>
    public ILookup<string, string> Labels =>
        samples
            .SelectMany(sample => sample.Labels.Keys.Append("").Select(label => (sample.Name, label)))
            .Distinct()
            .ToLookup(pair => pair.Name, pair => pair.label);

    /// <summary>The value of the series that has these labels, written as <c>name=value</c>, and maybe others; null when there is none.</summary>
    public double? Value(string name, params string[] labels)
    {
        var wanted = labels.Select(label => label.Split('=', 2)).ToList();
        var found = samples.Where(sample => sample.Name == name && wanted.All(label => sample.Labels.GetValueOrDefault(label[0]) == label[1])).ToList();
        Assert.True(found.Count < 2, $"{name} {string.Join(',', labels)}: {found.Count} series");
        return found.Count == 0 ? null : found[0].Value;
    }

    private void Read(string line)
    {
        if (Type().Match(line) is { Success: true } type)
        {
            types.Add(type.Groups[1].Value, type.Groups[2].Value);
        }
        else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
        {
            var sample = Sample().Match(line);
            Assert.True(sample.Success, $"not a sample: {line}");
            var labels = Label().Matches(sample.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
            samples.Add((sample.Groups[1].Value, labels, Number(sample.Groups[3].Value)));
        }
    }

    private static double Number(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^# TYPE ([a-z_]+) (counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^([a-z_]+)(?:\{([^{}]*)\})? ([^ ]+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-z_]+)="([^"]*)"(?:,|$)""")]
    private static partial Regex Label();
}
