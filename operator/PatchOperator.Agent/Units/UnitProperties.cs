namespace PatchOperator.Agent.Units;

/// <summary>What <c>systemctl show</c> prints of a unit, by the names of its properties.</summary>
internal static class UnitProperties
{
    public static Dictionary<string, string> Parse(string block) =>
        block.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1]);
}
