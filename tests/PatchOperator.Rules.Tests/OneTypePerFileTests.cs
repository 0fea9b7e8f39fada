namespace PatchOperator.Rules.Tests;

/// <summary>A type is found by its name.</summary>
public class OneTypePerFileTests
{
    [Theory]
    [InlineData("operator")]
    [InlineData("sdk")]
    public void A_file_holds_one_type_and_is_named_after_it(string folder)
    {
        // Parts of a type have what they are for behind its name, and a program has no type at all.
        var others = SourceFile.In(folder)
            .Where(file => !file.Types.Distinct().SequenceEqual([Path.GetFileName(file.Path).Split('.')[0]]) && Path.GetFileName(file.Path) != "Program.cs")
            .Select(file => $"{file.Path} holds {string.Join(", ", file.Types.DefaultIfEmpty("no type"))}");

        Findings.None("one type in a file, named after it:", others);
    }
}
