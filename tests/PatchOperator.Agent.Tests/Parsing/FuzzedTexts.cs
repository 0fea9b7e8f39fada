namespace PatchOperator.Agent.Tests.Parsing;

/// <summary>Texts that nobody meant: samples that were damaged, garbage, and what repeats itself.</summary>
internal static class FuzzedTexts
{
    // What formats are made of, beside a digit that no number has, and what ends a string elsewhere.
    private const string Alphabet = "\n\n\t\r  :-.*!|=,;()[]{}<>/\\&%'\"@~+_019aZ\u0663\u00e9\u0000";

    private const string Repeated = "\n -.:=1aA/(<%\"";

    private static readonly string[] Extremes = ["99999999999999999999", "-1", "9223372036854775807", "0", "", "\u0663"];

    /// <summary>Always the same of a seed.</summary>
    public static string Damaged(IReadOnlyList<string> samples, int seed)
    {
        var random = new Random(seed);
        return random.Next(10) switch
        {
            0 => new string(random.GetItems<char>(Alphabet, random.Next(2000))),
            1 => Numbers(Pick(samples, random), random),
            2 => Pick(samples, random)[..random.Next(40)] + Pick(samples, random)[random.Next(40)..],
            3 => Lines(Pick(samples, random), random)[random.Next(20)..],
            4 => Characters(Lines(Pick(samples, random), random), random, 40),
            _ => Characters(Pick(samples, random), random, random.Next(1, 6)),
        };
    }

    /// <summary>
    /// Single characters, by themselves and after the beginning of a line, and whole lines with and without an end: what makes a regular expression try from every
    /// place to the end takes days for these.
    /// </summary>
    /// <param name="samples">Texts that make sense.</param>
    /// <param name="size">How long each is, in characters.</param>
    public static IEnumerable<string> Repetitive(IReadOnlyList<string> samples, int size)
    {
        var lines = samples.SelectMany(sample => sample.Split('\n')).Where(line => line.Length > 0).Distinct().ToList();
        foreach (var character in Repeated)
        {
            yield return new string(character, size);
            yield return lines[character % lines.Count][..^1] + new string(character, size) + "\n";
        }

        foreach (var line in lines)
        {
            yield return Repeat(line, size);
            yield return Repeat(line + "\n", size);
            yield return Repeat(line[..(line.Length / 2 + 1)], size);
        }
    }

    private static string Repeat(string part, int size) => string.Concat(Enumerable.Repeat(part, size / part.Length));

    private static string Pick(IReadOnlyList<string> samples, Random random) => samples[random.Next(samples.Count)].PadRight(40);

    private static string Characters(string text, Random random, int changes)
    {
        var characters = text.ToCharArray();
        for (; changes > 0 && characters.Length > 0; changes--)
            characters[random.Next(characters.Length)] = Alphabet[random.Next(Alphabet.Length)];
        return new string(characters);
    }

    /// <summary>Some lines are taken out, some doubled, two exchanged.</summary>
    private static string Lines(string text, Random random)
    {
        var lines = text.Split('\n').Where(_ => random.Next(10) > 0).SelectMany(line => Enumerable.Repeat(line, random.Next(1, 3))).Append("").ToList();
        var (one, other) = (random.Next(lines.Count), random.Next(lines.Count));
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return string.Join('\n', lines).PadRight(40);
    }

    private static string Numbers(string text, Random random) => string.Concat(
        System.Text.RegularExpressions.Regex.Split(text, "([0-9]+)").Select(
            part => part.Length > 0 && char.IsAsciiDigit(part[0]) && random.Next(4) == 0 ? Extremes[random.Next(Extremes.Length)] : part));
}
