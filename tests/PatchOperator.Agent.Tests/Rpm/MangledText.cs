namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>A text as no program prints it: characters exchanged, lines taken out and doubled.</summary>
internal static class MangledText
{
    public static string Of(string text, Random random)
    {
        const string alphabet = "\n\t :-.*!|=()%0aZ>\u00e9";
        var characters = text.ToCharArray();
        for (var change = 0; change < 20; change++)
            characters[random.Next(characters.Length)] = alphabet[random.Next(alphabet.Length)];
        return string.Join('\n', new string(characters).Split('\n').Where(_ => random.Next(10) > 0).SelectMany(line => Enumerable.Repeat(line, random.Next(1, 3))));
    }
}
