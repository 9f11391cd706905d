using System.CommandLine;
using Agent.Pipeline.Recordings;
using Agent.Worker.Hosting;

namespace Agent.Worker.CommandLine;

/// <summary><c>replay FILE</c>: what the turn machine does today with a recorded conversation.</summary>
internal static class ReplayCommand
{
    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A recording, see docs/recording.md." };
        var command = new Command("replay", HelpText.Replay) { file };
        command.SetAction(result => Run(
            result.GetRequiredValue(file),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string path, TextWriter output, TextWriter error)
    {
        try
        {
            var recording = Recording.Load(path);
            var replay = recording.Replay();
            output.Write(replay.ToText());
            if (recording.IsTruncated)
                output.WriteLine("The recording has no end; what is there was replayed.");
            output.WriteLine(replay.Difference is { } difference ? $"Not as recorded. {difference}" : "As recorded.");
            return replay.IsSame ? ExitCode.Success : ExitCode.Failure;
        }
        catch (RecordingException e)
        {
            error.WriteLine($"error: {e.Message}");
            return ExitCode.Configuration;
        }
    }
}
