namespace PatchOperator.Agent.Tests.Grammars;

/// <summary>Pairs of versions that look alike: what makes orders differ is found near each other.</summary>
internal static class GeneratedVersions
{
    private const int MaxLength = 12;

    /// <param name="count">How many pairs.</param>
    /// <param name="seed">The same pairs for the same seed.</param>
    /// <param name="alphabet">The characters that they are made of.</param>
    public static IReadOnlyList<(string Left, string Right)> Pairs(int count, int seed, string alphabet)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Pair(random, alphabet))];
    }

    private static (string Left, string Right) Pair(Random random, string alphabet)
    {
        var left = random.GetItems<char>(alphabet, random.Next(1, MaxLength));
        List<char> right = [.. left];
        for (var changes = random.Next(0, 3); changes >= 0; changes--)
            Change(right, random, alphabet[random.Next(alphabet.Length)]);
        return (new string(left), new string([.. right]));
    }

    private static void Change(List<char> text, Random random, char character)
    {
        var place = random.Next(text.Count);
        switch (random.Next(3))
        {
            case 0:
                text.Insert(place, character);
                break;
            case 1 when text.Count > 1:
                text.RemoveAt(place);
                break;
            default:
                text[place] = character;
                break;
        }
    }
}
