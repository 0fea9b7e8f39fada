namespace PatchOperator.Agent.Tests.Parsing;

/// <summary>Whatever is said to a parser, it ends, with an answer or with the refusal that it documents.</summary>
public class ParserFuzzTests
{
    private const int Rounds = 2_000;

    // A thousand times what it takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Parsers { get; } = [.. FuzzedParsers.All.Keys];

    [Theory, MemberData(nameof(Parsers))]
    public void What_is_damaged_is_read_or_refused(string name)
    {
        var parser = FuzzedParsers.All[name];
        // What it is to read, it does not refuse.
        Assert.All(parser.Samples, parser.Read);

        for (var seed = 0; seed < Rounds; seed++)
        {
            var text = FuzzedTexts.Damaged(parser.Samples, seed);
            var error = Record.Exception(() => parser.Try(text));
            Assert.True(error is null, $"{name}, seed {seed}: {error}\n{Shown(text)}");
        }
    }

    [Theory, MemberData(nameof(Parsers))]
    public async Task What_repeats_itself_without_end_is_read_or_refused_at_once(string name)
    {
        var parser = FuzzedParsers.All[name];
        foreach (var text in FuzzedTexts.Repetitive(parser.Samples, parser.Size))
        {
            var reading = Task.Run(() => parser.Try(text));
            var ended = await Task.WhenAny(reading, Task.Delay(Patience, TimeProvider.System));
            Assert.True(ended == reading, $"{name} does not end with {Shown(text[..40])}…{Shown(text[^40..])}");
            await reading;
        }
    }

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
