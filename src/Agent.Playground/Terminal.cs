using Spectre.Console;

namespace Agent.Playground;

/// <summary>Where people read: colours and width of their terminal, plain unbroken lines in a file or a pipe.</summary>
internal static class Terminal
{
    private const int UnbrokenWidth = 1_000;

    internal static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
            return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = UnbrokenWidth;
        return console;
    }
}
