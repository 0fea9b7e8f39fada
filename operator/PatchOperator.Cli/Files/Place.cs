using YamlDotNet.RepresentationModel;

namespace PatchOperator.Cli.Files;

/// <summary>Where the fields of an object stand in its file.</summary>
internal static class Place
{
    /// <summary>The line of a field such as <c>spec.schedules[0].cron</c>; of one that is not there that of what it belongs into.</summary>
    public static long LineOf(YamlNode node, string field)
    {
        var line = node.Start.Line;
        foreach (var step in field.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            if (node is YamlSequenceNode list && int.TryParse(step.TrimEnd(']'), out var index) && index < list.Children.Count)
                (node, line) = (list.Children[index], list.Children[index].Start.Line);
            else if (node is YamlMappingNode map
                && map.Children.FirstOrDefault(child => child.Key is YamlScalarNode key && key.Value == step) is { Key: { } found, Value: { } value })
                (node, line) = (value, found.Start.Line);
            else
                break;
        }

        return line;
    }
}
