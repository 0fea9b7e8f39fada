using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A package to be built on the spot.</summary>
internal sealed class TestPackage(string name, string version)
{
    private readonly List<string> fields = [];
    private readonly Dictionary<string, byte[]> files = new() { [$"usr/share/{name}/version"] = Text(version) };
    private readonly Dictionary<string, string> scripts = [];
    private readonly List<string> programs = [];

    public static TestPackage APackage(string name, string version) => new(name, version);

    public string FileName => $"{name}_{version}_all.deb";

    public TestPackage DependsOn(string relation) => WithField("Depends", relation);

    public TestPackage ConflictsWith(string relation) => WithField("Conflicts", relation);

    public TestPackage WithField(string field, string value)
    {
        fields.Add($"{field}: {value}\n");
        return this;
    }

    public TestPackage WithFile(string path, string content)
    {
        files[path] = Text(content);
        return this;
    }

    /// <summary>A program, as the machine that runs the tests has it.</summary>
    public TestPackage WithProgram(string path, string from)
    {
        files[path] = File.ReadAllBytes(from);
        programs.Add(path);
        return this;
    }

    public TestPackage WithConffile(string path, string content)
    {
        files[path] = Text(content);
        files["DEBIAN/conffiles"] = Text($"/{path}\n");
        return this;
    }

    /// <summary>Bytes that no compression makes smaller.</summary>
    public TestPackage WithBallast(int bytes)
    {
        var ballast = new byte[bytes];
        new Random(bytes).NextBytes(ballast);
        files[$"usr/share/{name}/ballast"] = ballast;
        return WithField("Installed-Size", $"{bytes / 1024}");
    }

    public TestPackage WithTriggers(string lines)
    {
        files["DEBIAN/triggers"] = Text(lines + "\n");
        return this;
    }

    public TestPackage WithPostinst(string body) => WithScript("postinst", body);

    /// <summary>A script of the package's maintainer, such as <c>config</c>, which asks by debconf.</summary>
    public TestPackage WithScript(string name, string body)
    {
        scripts[$"DEBIAN/{name}"] = $"#!/bin/sh\nset -e\n{body}\n";
        return this;
    }

    /// <summary>Whatever its name and version, as the tools of some makers do.</summary>
    public void BuildIn(string directory)
    {
        var tree = Directory.CreateTempSubdirectory("patch-operator-deb-").FullName;
        files["DEBIAN/control"] = Text(
            $"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\nDescription: a test\n{string.Concat(fields)}");
        foreach (var (path, content) in files.Concat(scripts.Select(script => KeyValuePair.Create(script.Key, Text(script.Value)))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree, path))!);
            File.WriteAllBytes(Path.Combine(tree, path), content);
        }

        foreach (var program in scripts.Keys.Concat(programs))
            File.SetUnixFileMode(Path.Combine(tree, program), (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(tree, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(directory);
        Shell.Run("dpkg-deb", "--root-owner-group", "-Znone", "--nocheck", "--build", tree, Path.Combine(directory, FileName));
        Directory.Delete(tree, recursive: true);
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
