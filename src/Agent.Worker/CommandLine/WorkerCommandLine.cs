using System.CommandLine;
using Agent.Worker.Hosting;

namespace Agent.Worker.CommandLine;

/// <summary>The worker's command line: <c>start</c> with its settings, <c>replay</c>, <c>version</c>, <c>--help</c>.</summary>
internal sealed class WorkerCommandLine
{
    private readonly ParseResult _result;

    private WorkerCommandLine(ParseResult result, bool starts, IReadOnlyDictionary<string, string?> settings)
    {
        _result = result;
        Starts = starts;
        Settings = settings;
    }

    /// <summary>Whether the arguments ask for a worker to run; otherwise <see cref="Invoke"/> says what they ask for.</summary>
    internal bool Starts { get; }

    /// <summary>The settings given, as configuration keys.</summary>
    internal IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Reads arguments; nothing is printed or started yet.</summary>
    internal static WorkerCommandLine Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var starts = false;
        var start = new Command("start", HelpText.Start);
        foreach (var option in StartOptions.All)
            start.Options.Add(option);
        start.SetAction(_ => 0);
        var version = new Command("version", HelpText.Version);
        version.SetAction(result =>
        {
            result.InvocationConfiguration.Output.WriteLine(ProductVersion.Line);
            return ExitCode.Success;
        });
        var root = new RootCommand(HelpText.Program) { start, ReplayCommand.Create(), version };
        var result = root.Parse(args.Count == 0 ? [start.Name] : args);
        if (result.Errors.Count == 0 && result.CommandResult.Command == start && result.Action == start.Action)
        {
            starts = true;
            StartOptions.Read(result, settings);
        }

        return new(result, starts, settings);
    }

    /// <summary>Prints what was asked for: help, the version, or what is wrong with the arguments.</summary>
    /// <returns>The program's exit code.</returns>
    internal int Invoke()
    {
        if (_result.Errors.Count == 0)
            return _result.Invoke();
        Console.Error.WriteLine($"error: {string.Join(" ", _result.Errors.Select(error => error.Message))} Try --help.");
        return ExitCode.Configuration;
    }
}
